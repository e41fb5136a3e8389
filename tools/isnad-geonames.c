/*
 * isnad-geonames OUT: the towns of GeoNames (15,000 people and more; CC BY 4.0) as libgeonames has them, one a line, tab-separated:
 * English name, Arabic name (empty where there is none), ISO 3166-1 alpha-2, region in Arabic and in English, latitude, longitude, population. In the
 * order of the library, so that the same package gives the same bytes. Run by the build; tools/gazetteer.c reads it.
 */
#include <geonames.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Translations come through gettext, which looks at LANGUAGE only in a locale that isn't plain C. */
static bool speak(const char *language)
{
    return setenv("LANGUAGE", language, 1) == 0 && setlocale(LC_ALL, "C.UTF-8") != NULL;
}

/* Has the text an Arabic letter? Names without translation come back as they are. */
static bool is_arabic(const char *text)
{
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        if (*p >= 0xD8 && *p <= 0xDB)
            return true;
    }
    return false;
}

/* Fields 0 to 10 of a town as the library keeps them: the third is its region's code, the fourth the region's English name. */
static const char *field(GeonamesCity *city, gsize i)
{
    const char *text = "";
    GVariant *child = i < g_variant_n_children(city) ? g_variant_get_child_value(city, i) : NULL;
    if (child && g_variant_is_of_type(child, G_VARIANT_TYPE_STRING))
        text = g_variant_get_string(child, NULL);
    if (child)
        g_variant_unref(child);
    return text; /* lives as long as the city */
}

static void put(FILE *out, GeonamesCity *city)
{
    const char *name = geonames_city_get_name(city), *region = geonames_city_get_state(city);
    fprintf(out, "%s\t%s\t%s\t%s\t%s\t%.4f\t%.4f\t%u\n", field(city, 1), is_arabic(name) ? name : "",
            geonames_city_get_country_code(city), region && is_arabic(region) ? region : "", field(city, 3),
            geonames_city_get_latitude(city), geonames_city_get_longitude(city), geonames_city_get_population(city));
}

int main(int argc, char **argv)
{
    if (argc != 2 || !speak("ar")) {
        fprintf(stderr, "usage: isnad-geonames OUT\n");
        return 2;
    }
    FILE *out = fopen(argv[1], "w");
    if (!out) {
        perror(argv[1]);
        return 2;
    }
    setlocale(LC_NUMERIC, "C");
    for (int i = 0; i < geonames_get_n_cities(); i++) {
        GeonamesCity *city = geonames_get_city(i);
        put(out, city);
        geonames_city_free(city);
    }
    bool good = !ferror(out);
    return fclose(out) == 0 && good ? 0 : 2;
}
