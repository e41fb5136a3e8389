/*
 * watch.c - polls rather than listens: it works on every file system, and what it finds doesn't depend on what happened
 * while it looked away. A file is read when its size and time stayed the same for a while; it is known by a hash of its path.
 */
#include "watch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "body.h"
#include "limits.h"
#include "sweep.h"

typedef struct known {
    uint64_t path;  /* hash; 0: empty */
    uint64_t look;  /* hash of size and times */
    double since;   /* it looks so */
    uint32_t round; /* when it was seen last */
    bool coded;
} known;

struct isn_watch {
    isnad_engine *engine;
    isn_watch_options options;
    isnad_store *store;
    pthread_t thread;
    pthread_mutex_t lock; /* of the state */
    pthread_cond_t wake;
    isn_watch_state state;
    atomic_bool stop;
    known *table;
    size_t n, size;
    uint32_t round;
    dev_t device; /* of the database */
    ino_t inode;
    char *batch[ISN_WATCH_BATCH];
    uint64_t names[ISN_WATCH_BATCH]; /* hashes of their paths */
    size_t batched;
    uint64_t files, waiting; /* of this round */
    uint64_t coded, faults;  /* before this batch */
    double stories_at;
    bool stories_due;
};

/* --- what is known ------------------------------------------------------------------------------------ */

static known *slot_of(known *table, size_t size, uint64_t path)
{
    size_t i = path & (size - 1);
    while (table[i].path && table[i].path != path)
        i = (i + 1) & (size - 1);
    return &table[i];
}

static bool grow(isn_watch *w)
{
    size_t size = w->size ? w->size * 2 : 1024;
    known *table = calloc(size, sizeof *table);
    if (!table)
        return false;
    for (size_t i = 0; i < w->size; i++) {
        if (w->table[i].path)
            *slot_of(table, size, w->table[i].path) = w->table[i];
    }
    free(w->table);
    w->table = table;
    w->size = size;
    return true;
}

/* Files that are gone are forgotten, so that a folder through which many go doesn't fill the table. */
static void forget_gone(isn_watch *w)
{
    known *old = w->table;
    size_t size = w->size;
    if (w->n < size / 4 || w->n < w->files * 2)
        return;
    known *table = calloc(size, sizeof *table);
    if (!table)
        return;
    w->n = 0;
    for (size_t i = 0; i < size; i++) {
        if (old[i].path && old[i].round == w->round) {
            *slot_of(table, size, old[i].path) = old[i];
            w->n++;
        }
    }
    w->table = table;
    free(old);
}

/* What a file looks like: another size, time or place is another file. */
static uint64_t look_of(const struct stat *info)
{
    const int64_t parts[] = {info->st_size, info->st_mtim.tv_sec, info->st_mtim.tv_nsec, (int64_t)info->st_ino};
    return isn_hash(ISN_HASH_BEGIN, parts, sizeof parts);
}

static void set_problem(isn_watch *w, const char *file, const char *message)
{
    bool named = !file[0] || strstr(message, file);
    pthread_mutex_lock(&w->lock);
    snprintf(w->state.problem, sizeof w->state.problem, "%.*s%s%.*s", named ? 0 : 250, file, named ? "" : ": ", 320, message);
    pthread_mutex_unlock(&w->lock);
}

/* --- looking -------------------------------------------------------------------------------------------- */

static void see_file(isn_watch *w, const char *path, const struct stat *info)
{
    uint64_t name = isn_hash(ISN_HASH_BEGIN, path, strlen(path)), look = look_of(info);
    name += name == 0;
    if (info->st_dev == w->device && info->st_ino == w->inode)
        return; /* the database itself */
    w->files++;
    if (w->n * 2 >= w->size && !grow(w))
        return;
    known *k = slot_of(w->table, w->size, name);
    double now = isn_now();
    if (!k->path) {
        if (w->n == ISN_WATCH_FILES) {
            set_problem(w, "", "the folder holds too many files; the others are left alone");
            return;
        }
        w->n++;
        *k = (known){.path = name, .look = look, .since = now};
    }
    k->round = w->round;
    if (k->look != look)
        *k = (known){.path = name, .look = look, .since = now, .round = w->round};
    if (k->coded)
        return;
    w->waiting++;
    if (now - k->since < ISN_WATCH_QUIET_MS / 1e3 || w->batched == ISN_WATCH_BATCH)
        return;
    if ((w->batch[w->batched] = strdup(path)) != NULL)
        w->names[w->batched++] = name;
}

/* Names that programs give to what isn't finished, and hidden ones. */
static bool is_unfinished(const char *name)
{
    static const char *const endings[] = {".part", ".tmp", ".crdownload", "~", ".db-wal", ".db-shm", ".db-journal"};
    size_t n = strlen(name);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t m = strlen(endings[i]);
        if (n >= m && strcmp(name + n - m, endings[i]) == 0)
            return true;
    }
    return name[0] == '.';
}

/* One folder: its files are seen, its folders opened in turn: open[depth] is the one at hand. */
static void look(isn_watch *w)
{
    DIR *open[ISN_WATCH_DEPTH];
    size_t lengths[ISN_WATCH_DEPTH], depth = 0;
    char path[8192];
    w->files = w->waiting = 0;
    w->round++;
    lengths[0] = (size_t)snprintf(path, sizeof path, "%s", w->options.folder);
    open[0] = opendir(path);
    if (!open[0]) {
        set_problem(w, path, strerror(errno));
        return;
    }
    for (;;) {
        struct stat info;
        struct dirent *entry = atomic_load(&w->stop) ? NULL : readdir(open[depth]);
        if (!entry) {
            closedir(open[depth]);
            if (depth-- == 0)
                return;
            continue;
        }
        size_t room = sizeof path - lengths[depth], n = strlen(entry->d_name);
        if (is_unfinished(entry->d_name) || n + 2 > room || fstatat(dirfd(open[depth]), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        snprintf(path + lengths[depth], room, "/%s", entry->d_name);
        if (S_ISREG(info.st_mode)) {
            see_file(w, path, &info);
        } else if (S_ISDIR(info.st_mode) && depth + 1 < ISN_WATCH_DEPTH) {
            int below = openat(dirfd(open[depth]), entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            DIR *folder = below < 0 ? NULL : fdopendir(below);
            if (!folder && below >= 0)
                close(below);
            if (folder) {
                open[++depth] = folder;
                lengths[depth] = lengths[depth - 1] + 1 + n;
            }
        }
    }
}

/* --- coding --------------------------------------------------------------------------------------------- */

static void tell(isn_watch *w)
{
    pthread_mutex_lock(&w->lock);
    isn_watch_state state = w->state;
    pthread_mutex_unlock(&w->lock);
    if (w->options.told)
        w->options.told(w->options.user, &state);
}

static void take_fault(void *user, const isnad_error *fault)
{
    isn_watch *w = user;
    set_problem(w, fault->file, fault->message);
}

static int take_progress(void *user, const isnad_progress *progress)
{
    isn_watch *w = user;
    pthread_mutex_lock(&w->lock);
    w->state.coded = w->coded + progress->articles;
    w->state.faults = w->faults + progress->faults;
    pthread_mutex_unlock(&w->lock);
    tell(w);
    return atomic_load(&w->stop);
}

static int must_end(void *user)
{
    isn_watch *w = user;
    return atomic_load(&w->stop);
}

/* Codes the batch. False where the database could not be written: the files are tried again. */
static bool code_batch(isn_watch *w)
{
    isnad_progress done = {0};
    isnad_error err = {0};
    isnad_store_totals before, after;
    isnad_run_options options = {.inputs = (const char *const *)w->batch, .n_inputs = w->batched, .jobs = w->options.jobs, .store = w->store,
                                 .user = w, .fault = take_fault, .progress = take_progress};
    isnad_store_count(w->store, &before);
    isnad_status status = isnad_run(w->engine, &options, &done, &err);
    isnad_store_count(w->store, &after);
    bool good = status == ISNAD_OK;
    if (!good && status != ISNAD_E_STOPPED)
        set_problem(w, err.file, err.message);
    for (size_t i = 0; i < w->batched; i++) {
        if (good)
            slot_of(w->table, w->size, w->names[i])->coded = true;
    }
    uint64_t added = after.added + after.changed - before.added - before.changed;
    w->coded += good ? done.articles : 0;
    w->faults += good ? done.faults : 0;
    w->stories_due = w->stories_due || added > 0;
    pthread_mutex_lock(&w->lock);
    w->state.coded = w->coded;
    w->state.faults = w->faults;
    w->state.added += added;
    w->state.waiting -= good ? w->batched : 0;
    pthread_mutex_unlock(&w->lock);
    tell(w);
    return good;
}

static void clear_batch(isn_watch *w)
{
    while (w->batched)
        free(w->batch[--w->batched]);
}

static void set_stories(isn_watch *w, bool making)
{
    pthread_mutex_lock(&w->lock);
    w->state.stories = making;
    pthread_mutex_unlock(&w->lock);
    tell(w);
}

/* When nothing waits, and not too often: stories with what came. */
static void make_stories(isn_watch *w)
{
    isnad_error err = {0};
    if (!w->stories_due || atomic_load(&w->stop) || isn_now() < w->stories_at)
        return;
    set_stories(w, true);
    isnad_status status = isnad_store_make_stories(w->store, w->options.jobs, 0, NULL, &err);
    w->stories_due = status != ISNAD_OK;
    w->stories_at = isn_now() + ISN_WATCH_STORIES_SECONDS;
    if (status != ISNAD_OK && status != ISNAD_E_STOPPED)
        set_problem(w, err.file, err.message);
    set_stories(w, false);
}

/* A large folder takes long to look through; it is looked at less often. */
static void pause_a_while(isn_watch *w, double looked)
{
    struct timespec until;
    double seconds = looked * 10 > ISN_WATCH_POLL_MS / 1e3 ? looked * 10 : ISN_WATCH_POLL_MS / 1e3;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += (time_t)seconds;
    until.tv_nsec += (long)((seconds - (double)(time_t)seconds) * 1e9);
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_mutex_lock(&w->lock);
    if (!atomic_load(&w->stop))
        pthread_cond_timedwait(&w->wake, &w->lock, &until);
    pthread_mutex_unlock(&w->lock);
}

static void *watch(void *argument)
{
    isn_watch *w = argument;
    while (!atomic_load(&w->stop)) {
        double begun = isn_now();
        look(w);
        double looked = isn_now() - begun;
        bool full = w->batched == ISN_WATCH_BATCH;
        pthread_mutex_lock(&w->lock);
        bool changed = w->state.files != w->files || w->state.waiting != w->waiting;
        w->state.files = w->files;
        w->state.waiting = w->waiting;
        pthread_mutex_unlock(&w->lock);
        if (changed)
            tell(w);
        bool good = w->batched == 0 || code_batch(w);
        clear_batch(w);
        forget_gone(w);
        if (!(full && good)) {
            make_stories(w);
            pause_a_while(w, looked);
        }
    }
    return NULL;
}

/* --- for those outside ----------------------------------------------------------------------------------- */

static void release(isn_watch *w)
{
    isnad_store_close(w->store);
    pthread_cond_destroy(&w->wake);
    pthread_mutex_destroy(&w->lock);
    free(w->table);
    free(w);
}

isnad_status isn_watch_start(isn_watch **out, isnad_engine *engine, const isn_watch_options *options, isnad_error *err)
{
    struct stat info;
    if (stat(options->folder, &info) != 0 || !S_ISDIR(info.st_mode))
        return isn_serve_fail(err, ISNAD_E_IO, "cannot watch '%s': it is no folder", options->folder);
    isn_watch *w = calloc(1, sizeof *w);
    if (!w)
        return isn_serve_fail(err, ISNAD_E_MEMORY, "out of memory");
    w->engine = engine;
    w->options = *options;
    w->stories_due = true; /* what was added before may not be among the stories yet */
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->wake, NULL);
    isnad_status status = isnad_store_open(&w->store, engine, options->database, ISNAD_STORE_WRITE, err);
    if (status == ISNAD_OK) {
        isnad_store_bound(w->store, must_end, w);
        if (stat(options->database, &info) == 0) {
            w->device = info.st_dev;
            w->inode = info.st_ino;
        }
        if (pthread_create(&w->thread, NULL, watch, w) != 0)
            status = isn_serve_fail(err, ISNAD_E_MEMORY, "no thread could be started");
    }
    if (status != ISNAD_OK) {
        release(w);
        return status;
    }
    *out = w;
    return ISNAD_OK;
}

void isn_watch_stop(isn_watch *w)
{
    if (!w)
        return;
    pthread_mutex_lock(&w->lock);
    atomic_store(&w->stop, true);
    pthread_cond_signal(&w->wake);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
    release(w);
}

void isn_watch_tell(isn_out *out, isn_watch *w)
{
    if (!w) {
        isn_out_text(out, "null");
        return;
    }
    pthread_mutex_lock(&w->lock);
    isn_watch_state s = w->state;
    pthread_mutex_unlock(&w->lock);
    isn_out_text(out, "{\"folder\":");
    isn_out_json(out, w->options.folder);
    isn_out_format(out, ",\"files\":%llu,\"coded\":%llu,\"added\":%llu,\"faults\":%llu,\"waiting\":%llu,\"stories\":%s,\"problem\":",
                   (unsigned long long)s.files, (unsigned long long)s.coded, (unsigned long long)s.added, (unsigned long long)s.faults,
                   (unsigned long long)s.waiting, s.stories ? "true" : "false");
    isn_out_json(out, s.problem[0] ? s.problem : NULL);
    isn_out_text(out, "}");
}
