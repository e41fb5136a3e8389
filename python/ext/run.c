/*
 * run.c - isnad_run() for Python. It runs in the calling thread without the GIL; what it tells is collected and handed over many at a time.
 * A function of Python's that returns something true ends the run, and so do an exception of it and Ctrl-C.
 */
#include "core.h"

#include <stdlib.h>
#include <time.h>

#define HAND_OVER_RECORDS 64                  /* records that are kept back at most, */
#define HAND_OVER_BYTES ((size_t)256 << 10)   /* and their bytes, */
#define HAND_OVER_NANOSECONDS 100000000       /* and how long, while others come */

typedef struct run {
    PyObject *records, *fault, *progress; /* functions, or None */
    PyThreadState *thread;                /* while the GIL is away */
    core_list list;
    int64_t since;
    bool stopped, failed; /* asked for by a function; with an exception set */
} run;

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* With the GIL: what a function answered, its reference taken. */
static void heed(run *r, PyObject *answer)
{
    int yes = answer ? PyObject_IsTrue(answer) : -1;
    Py_XDECREF(answer);
    if (yes < 0)
        r->failed = true;
    if (yes)
        r->stopped = true;
}

static void call(run *r, PyObject *function, PyObject *argument)
{
    if (!argument)
        r->failed = r->stopped = true;
    else if (function != Py_None && !r->failed)
        heed(r, PyObject_CallFunctionObjArgs(function, argument, NULL));
    Py_XDECREF(argument);
}

static void hand_over(run *r)
{
    if (!r->list.n_items || r->stopped)
        return;
    PyEval_RestoreThread(r->thread);
    call(r, r->records, core_list_take(&r->list));
    r->thread = PyEval_SaveThread();
    r->since = now();
}

static isnad_status on_record(void *user, const char *record, size_t n)
{
    run *r = user;
    if (core_list_add(&r->list, record, n) < 0)
        return ISNAD_E_MEMORY;
    if (r->list.n_items >= HAND_OVER_RECORDS || r->list.n >= HAND_OVER_BYTES || now() - r->since > HAND_OVER_NANOSECONDS)
        hand_over(r);
    return r->stopped ? ISNAD_E_STOPPED : ISNAD_OK;
}

static void on_fault(void *user, const isnad_error *fault)
{
    run *r = user;
    hand_over(r);
    if (r->stopped)
        return;
    PyEval_RestoreThread(r->thread);
    call(r, r->fault, core_error_object(fault));
    r->thread = PyEval_SaveThread();
}

static PyObject *progress_tuple(const isnad_progress *p)
{
    return Py_BuildValue("KKKKK", (unsigned long long)p->articles, (unsigned long long)p->faults,
                         (unsigned long long)p->bytes, (unsigned long long)p->repeated, (unsigned long long)p->skipped);
}

static int on_progress(void *user, const isnad_progress *p)
{
    run *r = user;
    if (r->stopped)
        return 1;
    PyEval_RestoreThread(r->thread);
    if (PyErr_CheckSignals() < 0)
        r->failed = r->stopped = true;
    else if (r->progress != Py_None)
        call(r, r->progress, progress_tuple(p));
    r->thread = PyEval_SaveThread();
    return r->stopped;
}

/* The paths of a list as C strings, their bytes objects kept in *owners. */
static const char **take_paths(PyObject *list, size_t n, PyObject **owners)
{
    const char **paths = calloc(n + 1, sizeof *paths);
    *owners = PyList_New(0);
    if (!paths || !*owners) {
        PyErr_NoMemory();
        goto fail;
    }
    for (size_t i = 0; i < n; i++) {
        PyObject *path = NULL, *item = PyList_GetItem(list, (Py_ssize_t)i);
        if (!item || !PyUnicode_FSConverter(item, &path))
            goto fail;
        paths[i] = PyBytes_AsString(path);
        int kept = PyList_Append(*owners, path);
        Py_DECREF(path);
        if (kept < 0)
            goto fail;
    }
    return paths;
fail:
    free(paths);
    Py_CLEAR(*owners);
    return NULL;
}

static PyObject *go(isnad_engine *engine, isnad_run_options *o, run *r)
{
    isnad_error err = {0};
    isnad_progress done = {0};
    o->user = r;
    o->record = on_record;
    o->fault = on_fault;
    o->progress = on_progress;
    r->since = now();
    r->thread = PyEval_SaveThread();
    isnad_status status = isnad_run(engine, o, &done, &err);
    if (!r->failed)
        hand_over(r);
    PyEval_RestoreThread(r->thread);
    core_list_release(&r->list);
    if (r->failed)
        return NULL;
    if (status != ISNAD_OK && !(status == ISNAD_E_STOPPED && r->stopped))
        return core_raise(&err);
    return progress_tuple(&done);
}

PyObject *core_run(PyObject *module, PyObject *args, PyObject *keywords)
{
    static const char *const names[] = {
        "engine", "inputs", "store", "jobs", "kind", "favor", "charset", "outlet", "published", "metadata", "records",
        "field_id", "field_url", "field_outlet", "field_published", "field_title", "field_text", "on_records", "on_fault",
        "on_progress", NULL};
    PyObject *engine, *list, *store, *owners;
    int kind = 0, favor = 0;
    isnad_run_options o = {0};
    run r = {.records = Py_None, .fault = Py_None, .progress = Py_None};
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "O!O!O|IiizzzzpzzzzzzOOO", (char **)(uintptr_t)names,
                                     core_state_of(module)->engine, &engine, &PyList_Type, &list, &store, &o.jobs, &kind, &favor,
                                     &o.charset, &o.outlet, &o.published, &o.metadata, &o.records, &o.field_id,
                                     &o.field_url, &o.field_outlet, &o.field_published, &o.field_title, &o.field_text,
                                     &r.records, &r.fault, &r.progress))
        return NULL;
    if (store != Py_None && Py_TYPE(store) != core_state_of(module)->store) {
        PyErr_SetString(PyExc_TypeError, "store must be a Store or None");
        return NULL;
    }
    o.kind = (isnad_kind)kind;
    o.favor = (isnad_favor)favor;
    o.n_inputs = (size_t)PyList_Size(list);
    const char **paths = take_paths(list, o.n_inputs, &owners);
    if (!paths)
        return NULL;
    o.inputs = paths;
    PyObject *out = NULL;
    isnad_engine *entered = core_engine_enter(engine);
    if (entered && store != Py_None)
        o.store = core_store_enter(store);
    if (entered && (o.store || store == Py_None))
        out = go(entered, &o, &r);
    if (o.store)
        core_store_leave(store);
    if (entered)
        core_engine_leave(engine);
    free(paths);
    Py_DECREF(owners);
    return out;
}
