#include "sweep.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#define LOOK_EVERY_MS 250

struct isn_line {
    int socket;
    double end; /* 0: none */
    struct isn_line *next, *before;
};

struct isn_sweep {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t over;
    bool stop;
    isn_line *lines;
};

double isn_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void *look(void *argument)
{
    isn_sweep *sweep = argument;
    pthread_mutex_lock(&sweep->lock);
    while (!sweep->stop) {
        struct timespec until;
        double now = isn_now();
        for (isn_line *line = sweep->lines; line; line = line->next) {
            if (line->end > 0 && line->end < now) {
                shutdown(line->socket, SHUT_RDWR);
                line->end = 0;
            }
        }
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += LOOK_EVERY_MS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        pthread_cond_timedwait(&sweep->over, &sweep->lock, &until);
    }
    pthread_mutex_unlock(&sweep->lock);
    return NULL;
}

isn_sweep *isn_sweep_start(void)
{
    isn_sweep *sweep = calloc(1, sizeof *sweep);
    if (!sweep)
        return NULL;
    pthread_mutex_init(&sweep->lock, NULL);
    pthread_cond_init(&sweep->over, NULL);
    if (pthread_create(&sweep->thread, NULL, look, sweep) == 0)
        return sweep;
    pthread_cond_destroy(&sweep->over);
    pthread_mutex_destroy(&sweep->lock);
    free(sweep);
    return NULL;
}

void isn_sweep_stop(isn_sweep *sweep)
{
    if (!sweep)
        return;
    pthread_mutex_lock(&sweep->lock);
    sweep->stop = true;
    pthread_cond_signal(&sweep->over);
    pthread_mutex_unlock(&sweep->lock);
    pthread_join(sweep->thread, NULL);
    while (sweep->lines) {
        isn_line *line = sweep->lines;
        sweep->lines = line->next;
        free(line);
    }
    pthread_cond_destroy(&sweep->over);
    pthread_mutex_destroy(&sweep->lock);
    free(sweep);
}

isn_line *isn_line_begin(isn_sweep *sweep, int socket)
{
    isn_line *line = calloc(1, sizeof *line);
    if (!line)
        return NULL;
    line->socket = socket;
    pthread_mutex_lock(&sweep->lock);
    line->next = sweep->lines;
    if (sweep->lines)
        sweep->lines->before = line;
    sweep->lines = line;
    pthread_mutex_unlock(&sweep->lock);
    return line;
}

void isn_line_end(isn_sweep *sweep, isn_line *line)
{
    if (!line)
        return;
    pthread_mutex_lock(&sweep->lock);
    *(line->before ? &line->before->next : &sweep->lines) = line->next;
    if (line->next)
        line->next->before = line->before;
    pthread_mutex_unlock(&sweep->lock);
    free(line);
}

void isn_line_give(isn_sweep *sweep, isn_line *line, double seconds)
{
    if (!line)
        return;
    pthread_mutex_lock(&sweep->lock);
    line->end = seconds > 0 ? isn_now() + seconds : 0;
    pthread_mutex_unlock(&sweep->lock);
}
