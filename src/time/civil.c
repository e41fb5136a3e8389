#include "time/civil.h"

int64_t isn_day_number(isn_day d)
{
    int64_t y = d.year - (d.month <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

isn_day isn_day_of(int64_t number)
{
    number += 719468;
    int64_t era = (number >= 0 ? number : number - 146096) / 146097;
    int64_t day_of_era = number - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    isn_day out;
    out.day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
    out.month = (int)(month < 10 ? month + 3 : month - 9);
    out.year = (int)(year_of_era + era * 400 + (out.month <= 2));
    return out;
}

int isn_weekday(int64_t number)
{
    int64_t day = (number + 3) % 7;
    return (int)(day < 0 ? day + 7 : day) + 1;
}

int isn_month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool isn_day_is_valid(isn_day d)
{
    return d.year >= 1 && d.year <= 9999 && d.day >= 1 && d.day <= isn_month_days(d.year, d.month);
}

bool isn_day_read(isn_day *out, isn_str s)
{
    if (s.n < 10 || s.p[4] != '-' || s.p[7] != '-')
        return false;
    int64_t year, month, day;
    if (!isn_str_to_int(&year, isn_str_part(s, 0, 4)) ||
        !isn_str_to_int(&month, isn_str_part(s, 5, 7)) ||
        !isn_str_to_int(&day, isn_str_part(s, 8, 10)))
        return false;
    *out = (isn_day){(int)year, (int)month, (int)day};
    return isn_day_is_valid(*out);
}
