/* store.c - isnad._core.Store: a database, used by one call at a time and only in the process that opened it. */
#include "core.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define HEED_NANOSECONDS 100000000 /* how long Ctrl-C may go unheard */
#define RECORDS_AT_ONCE 32 /* records of a database that are handed over together */

typedef struct store {
    PyObject_HEAD
    isnad_store *store; /* NULL once closed */
    PyObject *engine;
    pid_t process;
    size_t holders;
    bool busy, closed;
} store;

isnad_store *core_store_enter(PyObject *object)
{
    store *self = (store *)object;
    const char *why = NULL;
    if (!self->store || self->closed)
        why = "the database is closed";
    else if (self->process != getpid())
        why = "the database was opened before this process was forked; open it again";
    else if (self->busy)
        why = "the database is in use by another call";
    if (why) {
        core_fail(ISNAD_E_ARGUMENT, why);
        return NULL;
    }
    self->busy = true;
    Py_INCREF(object);
    return self->store;
}

void core_store_leave(PyObject *object)
{
    ((store *)object)->busy = false;
    Py_DECREF(object);
}

void core_store_hold(PyObject *object)
{
    ((store *)object)->holders++;
    Py_INCREF(object);
}

/* A call that works without the GIL and still hears Ctrl-C. */
typedef struct wait {
    PyThreadState *thread;
    int64_t since;
    bool interrupted; /* with an exception set */
} wait;

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int heed(void *user)
{
    wait *w = user;
    if (w->interrupted || now() - w->since < HEED_NANOSECONDS)
        return w->interrupted;
    PyEval_RestoreThread(w->thread);
    w->interrupted = PyErr_CheckSignals() < 0;
    w->thread = PyEval_SaveThread();
    w->since = now();
    return w->interrupted;
}

static void begin_wait(wait *w, isnad_store *open)
{
    *w = (wait){.since = now()};
    isnad_store_bound(open, heed, w);
    w->thread = PyEval_SaveThread();
}

/* With the GIL again. False: interrupted, and the exception is set. */
static bool end_wait(wait *w, isnad_store *open)
{
    PyEval_RestoreThread(w->thread);
    isnad_store_bound(open, NULL, NULL);
    return !w->interrupted;
}

PyObject *core_store_open(PyObject *module, PyObject *args)
{
    PyObject *engine, *path = NULL;
    int write;
    isnad_store *opened = NULL;
    isnad_error err = {0};
    if (!PyArg_ParseTuple(args, "O!O&p", core_state_of(module)->engine, &engine, PyUnicode_FSConverter, &path, &write))
        return NULL;
    isnad_engine *entered = core_engine_enter(engine);
    store *self = NULL;
    if (entered) {
        isnad_status status;
        const char *file = PyBytes_AsString(path);
        Py_BEGIN_ALLOW_THREADS
        status = isnad_store_open(&opened, entered, file, write ? ISNAD_STORE_WRITE : 0, &err);
        Py_END_ALLOW_THREADS
        if (status != ISNAD_OK)
            core_raise(&err);
        else
            self = (store *)PyType_GenericAlloc(core_state_of(module)->store, 0);
        if (self) {
            self->store = opened;
            self->engine = engine; /* entered for as long as the store is open */
            self->process = getpid();
        } else {
            isnad_store_close(opened);
            core_engine_leave(engine);
        }
    }
    Py_DECREF(path);
    return (PyObject *)self;
}

/* In a forked child the file is its parent's: nothing is closed there but what Python holds. */
static void close_store(store *self)
{
    isnad_store *open = self->store;
    PyObject *engine = self->engine;
    self->store = NULL;
    self->engine = NULL;
    if (open && self->process == getpid())
        isnad_store_close(open);
    if (engine)
        core_engine_leave(engine);
}

void core_store_let_go(PyObject *object)
{
    store *self = (store *)object;
    if (--self->holders == 0 && self->closed)
        close_store(self);
    Py_DECREF(object);
}

static void store_dealloc(PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    close_store((store *)object);
    PyObject_Free(object);
    Py_DECREF(type);
}

static PyObject *store_close(PyObject *object, PyObject *unused)
{
    (void)unused;
    store *self = (store *)object;
    if (self->busy)
        return core_fail(ISNAD_E_ARGUMENT, "the database is in use by another call");
    self->closed = true;
    if (!self->holders)
        close_store(self);
    Py_RETURN_NONE;
}

static PyObject *store_totals(PyObject *object, PyObject *unused)
{
    (void)unused;
    isnad_store_totals t;
    isnad_store *open = core_store_enter(object);
    if (!open)
        return NULL;
    isnad_store_count(open, &t);
    core_store_leave(object);
    return Py_BuildValue("KKK", (unsigned long long)t.added, (unsigned long long)t.changed,
                         (unsigned long long)t.unchanged);
}

/* --- looking ------------------------------------------------------------------------------------------------------ */

static int add_row(void *user, const char *json, size_t n)
{
    return core_list_add(user, json, n);
}

/* The query of a call's keyword arguments; its strings live as long as those. */
static int take_query(isnad_query *q, PyObject *keywords)
{
    static const char *const names[] = {"words", "actor", "by", "to", "about", "outlet", "country", "type", "status", "quad",
                                        "since", "until", "limit", "oldest", "offset", "period", "key", "sort", NULL};
    Py_ssize_t limit = 0, offset = 0;
    PyObject *none = PyTuple_New(0);
    int parsed = none && PyArg_ParseTupleAndKeywords(none, keywords, "|zzzzzzzzzzzznpnzzz", (char **)(uintptr_t)names, &q->words,
                                                     &q->actor, &q->by, &q->to, &q->about, &q->outlet, &q->country, &q->type,
                                                     &q->status, &q->quad, &q->since, &q->until, &limit, &q->oldest, &offset,
                                                     &q->period, &q->key, &q->sort);
    Py_XDECREF(none);
    if (!parsed)
        return -1;
    if (limit < 0 || offset < 0) {
        core_fail(ISNAD_E_ARGUMENT, "limit and offset must not be negative");
        return -1;
    }
    q->limit = (size_t)limit;
    q->offset = (size_t)offset;
    return 0;
}

static PyObject *store_find(PyObject *object, PyObject *args, PyObject *keywords)
{
    int what;
    isnad_query q = {0};
    isnad_answer answer = {0};
    if (!PyArg_ParseTuple(args, "i", &what) || take_query(&q, keywords) < 0)
        return NULL;
    isnad_store *open = core_store_enter(object);
    if (!open)
        return NULL;
    core_list rows = {0};
    isnad_error err = {0};
    wait w;
    PyObject *list = NULL;
    begin_wait(&w, open);
    isnad_status status = isnad_store_find(open, (isnad_found)what, &q, add_row, &rows, &answer, &err);
    bool whole = end_wait(&w, open);
    if (whole && status != ISNAD_OK)
        core_raise(&err);
    else if (whole && answer.rows > rows.n_items)
        PyErr_NoMemory();
    else if (whole)
        list = core_list_take(&rows);
    core_list_release(&rows);
    core_store_leave(object);
    return list ? Py_BuildValue("NNL", list, PyBool_FromLong(answer.more), (long long)answer.total) : NULL;
}

static PyObject *store_revision(PyObject *object, PyObject *unused)
{
    (void)unused;
    uint64_t revision = 0;
    isnad_error err = {0};
    isnad_store *open = core_store_enter(object);
    if (!open)
        return NULL;
    isnad_status status = isnad_store_revision(open, &revision, &err);
    core_store_leave(object);
    return status == ISNAD_OK ? PyLong_FromUnsignedLongLong(revision) : core_raise(&err);
}

static PyObject *store_stale(PyObject *object, PyObject *unused)
{
    (void)unused;
    uint64_t articles = 0;
    isnad_error err = {0};
    isnad_store *open = core_store_enter(object);
    if (!open)
        return NULL;
    isnad_status status = isnad_store_stories_stale(open, &articles, &err);
    core_store_leave(object);
    return status == ISNAD_OK ? PyLong_FromUnsignedLongLong(articles) : core_raise(&err);
}

static PyObject *store_make_stories(PyObject *object, PyObject *args)
{
    unsigned jobs;
    int anew;
    isnad_stories_made made = {0};
    isnad_error err = {0};
    if (!PyArg_ParseTuple(args, "Ip", &jobs, &anew))
        return NULL;
    isnad_store *open = core_store_enter(object);
    if (!open)
        return NULL;
    wait w;
    begin_wait(&w, open);
    isnad_status status = isnad_store_make_stories(open, jobs, anew, &made, &err);
    bool whole = end_wait(&w, open);
    core_store_leave(object);
    if (!whole)
        return NULL;
    if (status != ISNAD_OK)
        return core_raise(&err);
    return Py_BuildValue("KKKKN", (unsigned long long)made.stories, (unsigned long long)made.articles,
                         (unsigned long long)made.joined, (unsigned long long)made.changed, PyBool_FromLong(made.whole));
}

typedef struct telling {
    PyObject *function; /* or the list of faults */
    wait wait;
    core_list list;
    bool stopped, failed;
} telling;

static void tell_list(telling *t)
{
    PyEval_RestoreThread(t->wait.thread);
    PyObject *list = core_list_take(&t->list);
    PyObject *answer = list ? PyObject_CallFunctionObjArgs(t->function, list, NULL) : NULL;
    int yes = answer ? PyObject_IsTrue(answer) : -1;
    Py_XDECREF(list);
    Py_XDECREF(answer);
    t->failed = yes < 0;
    t->stopped = yes != 0;
    t->wait.thread = PyEval_SaveThread();
}

static isnad_status add_record(void *user, const char *record, size_t n)
{
    telling *t = user;
    if (t->wait.interrupted)
        return ISNAD_E_STOPPED;
    if (core_list_add(&t->list, record, n) < 0)
        return ISNAD_E_MEMORY;
    if (t->list.n_items >= RECORDS_AT_ONCE)
        tell_list(t);
    return t->stopped ? ISNAD_E_STOPPED : ISNAD_OK;
}

/* Without a query all records, as they came; with one those that answer it. */
static PyObject *store_records(PyObject *object, PyObject *args, PyObject *keywords)
{
    telling t = {0};
    isnad_error err = {0};
    isnad_query q = {0};
    if (!PyArg_ParseTuple(args, "O", &t.function) || take_query(&q, keywords) < 0)
        return NULL;
    bool all = !keywords || PyDict_Size(keywords) == 0;
    isnad_store *open = core_store_enter(object);
    if (!open)
        return NULL;
    begin_wait(&t.wait, open);
    isnad_status status = all ? isnad_store_records(open, add_record, &t, &err)
                              : isnad_store_records_of(open, &q, add_record, &t, NULL, &err);
    if (status == ISNAD_OK && t.list.n_items && !t.wait.interrupted)
        tell_list(&t);
    bool whole = end_wait(&t.wait, open);
    core_list_release(&t.list);
    core_store_leave(object);
    if (t.failed || !whole)
        return NULL;
    if (status != ISNAD_OK && !t.stopped) {
        err.status = status;
        return core_raise(&err);
    }
    Py_RETURN_NONE;
}

static void add_fault(void *user, const isnad_error *fault)
{
    telling *t = user;
    PyEval_RestoreThread(t->wait.thread);
    PyObject *error = t->failed || t->wait.interrupted ? NULL : core_error_object(fault);
    if (!error || PyList_Append(t->function, error) < 0)
        t->failed = true;
    Py_XDECREF(error);
    t->wait.thread = PyEval_SaveThread();
}

static PyObject *store_check(PyObject *object, PyObject *unused)
{
    (void)unused;
    telling t = {.function = PyList_New(0)};
    isnad_error err = {0};
    isnad_store *open = t.function ? core_store_enter(object) : NULL;
    if (!open) {
        Py_XDECREF(t.function);
        return NULL;
    }
    begin_wait(&t.wait, open);
    isnad_status status = isnad_store_check(open, add_fault, &t, NULL, &err);
    bool whole = end_wait(&t.wait, open);
    core_store_leave(object);
    if (!t.failed && whole && status == ISNAD_OK)
        return t.function;
    Py_DECREF(t.function);
    return t.failed || !whole ? NULL : core_raise(&err);
}

static PyObject *store_decide(PyObject *object, PyObject *args)
{
    int decision;
    const char *a, *b;
    isnad_error err = {0};
    if (!PyArg_ParseTuple(args, "isz", &decision, &a, &b))
        return NULL;
    isnad_store *open = core_store_enter(object);
    if (!open)
        return NULL;
    isnad_status status = isnad_store_decide(open, (isnad_decision)decision, a, b, &err);
    core_store_leave(object);
    if (status != ISNAD_OK)
        return core_raise(&err);
    Py_RETURN_NONE;
}

static PyMethodDef store_methods[] = {
    {"close", store_close, METH_NOARGS, "closes the file"},
    {"totals", store_totals, METH_NOARGS, "totals() -> (added, changed, unchanged) since it was opened"},
    {"find", (PyCFunction)(uintptr_t)store_find, METH_VARARGS | METH_KEYWORDS, "find(what, **query) -> ([row as JSON bytes, ...], whether more follow, total or -1)"},
    {"records", (PyCFunction)(uintptr_t)store_records, METH_VARARGS | METH_KEYWORDS,
     "records(function, **query): hands over lists of records until it returns something true"},
    {"revision", store_revision, METH_NOARGS, "a number that changes with every batch"},
    {"stale", store_stale, METH_NOARGS, "articles that came since stories were made"},
    {"make_stories", store_make_stories, METH_VARARGS, "make_stories(jobs, anew) -> (stories, articles, joined, changed, whole)"},
    {"check", store_check, METH_NOARGS, "check() -> [isnad.Error, ...]"},
    {"decide", store_decide, METH_VARARGS, "decide(decision, a, b)"},
    {NULL, NULL, 0, NULL}};

static PyType_Slot store_slots[] = {{Py_tp_dealloc, store_dealloc}, {Py_tp_methods, store_methods}, {0, NULL}};

PyType_Spec core_store_spec = {"isnad._core.Store", sizeof(store), 0, Py_TPFLAGS_DEFAULT, store_slots};
