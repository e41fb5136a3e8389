#include "progress.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define REDRAW 0.2 /* seconds */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint64_t walked; /* nftw hands its callback nothing of ours; set and read by total_size alone */

static int add_size(const char *path, const struct stat *info, int kind, struct FTW *where)
{
    (void)path;
    (void)where;
    if (kind == FTW_F)
        walked += (uint64_t)info->st_size;
    return 0;
}

/* Bytes of all inputs; 0 where one of them is no file or folder. */
static uint64_t total_size(char **inputs, size_t n)
{
    walked = 0;
    for (size_t i = 0; i < n; i++) {
        struct stat info;
        if (stat(inputs[i], &info) != 0)
            continue;
        if (S_ISREG(info.st_mode))
            walked += (uint64_t)info.st_size;
        else if (!S_ISDIR(info.st_mode) || nftw(inputs[i], add_size, 32, FTW_PHYS) != 0)
            return 0;
    }
    return walked;
}

void cli_progress_init(cli_progress *p, bool wanted, char **inputs, size_t n)
{
    *p = (cli_progress){.on = wanted && isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO)};
    if (!p->on)
        return;
    p->begun = p->last = now();
    bool streamed = false;
    for (size_t i = 0; i < n; i++)
        streamed = streamed || strcmp(inputs[i], "-") == 0;
    p->total = streamed ? 0 : total_size(inputs, n);
}

void cli_progress_show(cli_progress *p)
{
    if (!p->on)
        return;
    double t = now();
    if (t - p->last < REDRAW)
        return;
    p->last = t;
    p->shown = true;
    double seconds = t - p->begun;
    fprintf(stderr, "\r\033[K%llu articles, %.0f/s", (unsigned long long)p->articles, (double)p->articles / seconds);
    if (p->bytes)
        fprintf(stderr, ", %.1f MB", (double)p->bytes / 1e6);
    if (p->total && p->bytes && p->bytes <= p->total) {
        double share = (double)p->bytes / (double)p->total;
        fprintf(stderr, ", %.0f %%, %.0f s left", 100 * share, seconds / share - seconds);
    }
    fflush(stderr);
}

void cli_progress_clear(cli_progress *p)
{
    if (p->shown)
        fputs("\r\033[K", stderr);
    p->shown = false;
}
