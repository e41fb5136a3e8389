/*
 * engine.c - isnad._core.Engine: articles as bytes in, records as bytes out. Each call takes a worker of the engine's, or makes one, and
 * lets the GIL go while it codes; so any number of threads may use one engine. Nothing here or in libisnad's engine is
 * locked, so an engine goes on working in a process that was forked while other threads were coding.
 */
#include "core.h"

#include <stdlib.h>

typedef struct engine {
    PyObject_HEAD
    isnad_engine *engine; /* NULL once released */
    isnad_worker *idle[CORE_IDLE_WORKERS];
    size_t n_idle;
    size_t uses; /* calls under way, and stores, stories and exports that need the engine */
    bool closed;
} engine;

static void release(engine *self)
{
    while (self->n_idle)
        isnad_worker_free(self->idle[--self->n_idle]);
    isnad_engine_free(self->engine);
    self->engine = NULL;
}

isnad_engine *core_engine_enter(PyObject *object)
{
    engine *self = (engine *)object;
    if (!self->engine || self->closed) {
        core_fail(ISNAD_E_ARGUMENT, "the engine is closed");
        return NULL;
    }
    self->uses++;
    Py_INCREF(object);
    return self->engine;
}

void core_engine_leave(PyObject *object)
{
    engine *self = (engine *)object;
    if (--self->uses == 0 && self->closed)
        release(self);
    Py_DECREF(object);
}

static isnad_worker *take_worker(engine *self)
{
    isnad_worker *worker = NULL;
    isnad_error err = {0};
    if (self->n_idle)
        return self->idle[--self->n_idle];
    if (isnad_worker_new(&worker, self->engine, &err) != ISNAD_OK)
        core_raise(&err);
    return worker;
}

static void give_worker(engine *self, isnad_worker *worker)
{
    if (self->n_idle < CORE_IDLE_WORKERS)
        self->idle[self->n_idle++] = worker;
    else
        isnad_worker_free(worker);
}

PyObject *core_engine_open(PyObject *module, PyObject *args)
{
    PyObject *image = NULL, *lexicon = NULL;
    isnad_engine *opened = NULL;
    isnad_error err = {0};
    if (!PyArg_ParseTuple(args, "O&O&", PyUnicode_FSConverter, &image, PyUnicode_FSConverter, &lexicon))
        return NULL;
    isnad_engine_options options = {PyBytes_AsString(image), PyBytes_Size(lexicon) ? PyBytes_AsString(lexicon) : NULL};
    isnad_status status;
    Py_BEGIN_ALLOW_THREADS
    status = isnad_engine_open(&opened, &options, &err);
    Py_END_ALLOW_THREADS
    Py_DECREF(image);
    Py_DECREF(lexicon);
    if (status != ISNAD_OK)
        return core_raise(&err);
    engine *self = (engine *)PyType_GenericAlloc(core_state_of(module)->engine, 0);
    if (!self)
        isnad_engine_free(opened);
    else
        self->engine = opened;
    return (PyObject *)self;
}

static void engine_dealloc(PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    release((engine *)object);
    PyObject_Free(object);
    Py_DECREF(type);
}

static PyObject *engine_close(PyObject *object, PyObject *unused)
{
    (void)unused;
    engine *self = (engine *)object;
    self->closed = true;
    if (!self->uses)
        release(self);
    Py_RETURN_NONE;
}

/* (data, uri, kind, charset, outlet, published, favor) as the Python side hands it on. */
static int parse_input(PyObject *tuple, isnad_input *in, PyObject **owner)
{
    PyObject *data;
    int kind, favor;
    if (!PyArg_ParseTuple(tuple, "Ozizzzi", &data, &in->uri, &kind, &in->charset, &in->outlet, &in->published, &favor))
        return -1;
    in->kind = (isnad_kind)kind;
    in->favor = (isnad_favor)favor;
    if (PyUnicode_Check(data) && !in->charset)
        in->charset = "utf-8";
    return core_take_bytes(data, owner, &in->bytes, &in->n);
}

typedef isnad_status answer_fn(isnad_worker *, const isnad_input *, const char **, size_t *, isnad_error *);

static PyObject *answer(PyObject *object, PyObject *args, answer_fn *make)
{
    engine *self = (engine *)object;
    isnad_input in = {0};
    isnad_error err = {0};
    PyObject *owner = NULL, *out = NULL;
    isnad_worker *worker;
    const char *p = NULL;
    size_t n = 0;
    isnad_status status;
    if (parse_input(args, &in, &owner) < 0)
        return NULL;
    if (!core_engine_enter(object)) {
        Py_DECREF(owner);
        return NULL;
    }
    worker = take_worker(self);
    if (worker) {
        Py_BEGIN_ALLOW_THREADS
        status = make(worker, &in, &p, &n, &err);
        Py_END_ALLOW_THREADS
        out = status == ISNAD_OK ? core_bytes(p, n) : core_raise(&err);
        give_worker(self, worker);
    }
    core_engine_leave(object);
    Py_DECREF(owner);
    return out;
}

static PyObject *engine_code(PyObject *self, PyObject *args)
{
    return answer(self, args, isnad_code);
}

static PyObject *engine_explain(PyObject *self, PyObject *args)
{
    return answer(self, args, isnad_explain);
}

static PyObject *engine_actor(PyObject *object, PyObject *args)
{
    engine *self = (engine *)object;
    const char *name, *p = NULL;
    size_t n = 0;
    isnad_error err = {0};
    if (!PyArg_ParseTuple(args, "s", &name) || !core_engine_enter(object))
        return NULL;
    PyObject *out = NULL;
    isnad_worker *worker = take_worker(self);
    if (worker) {
        isnad_status status;
        Py_BEGIN_ALLOW_THREADS
        status = isnad_actor(worker, name, &p, &n, &err);
        Py_END_ALLOW_THREADS
        out = status == ISNAD_OK || (status == ISNAD_E_NOT_FOUND && p) ? core_bytes(p, n) : core_raise(&err);
        give_worker(self, worker);
    }
    core_engine_leave(object);
    return out;
}

/* --- many at once ------------------------------------------------------------------------------------------------- */

typedef struct task {
    isnad_input in;
    PyObject *tuple, *owner; /* what its bytes and strings lie in */
    isnad_error *err;        /* where it failed; NULL: where even that had no memory */
    bool failed;
} task;

static void release_tasks(task *tasks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        Py_XDECREF(tasks[i].tuple);
        Py_XDECREF(tasks[i].owner);
        free(tasks[i].err);
    }
    free(tasks);
}

static task *parse_tasks(PyObject *list, size_t n)
{
    task *tasks = calloc(n + 1, sizeof *tasks);
    if (!tasks) {
        PyErr_NoMemory();
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        PyObject *tuple = PyList_GetItem(list, (Py_ssize_t)i);
        if (tuple && !PyTuple_Check(tuple)) {
            PyErr_SetString(PyExc_TypeError, "an article must be a tuple");
            tuple = NULL;
        }
        Py_XINCREF(tuple);
        tasks[i].tuple = tuple;
        if (!tuple || parse_input(tuple, &tasks[i].in, &tasks[i].owner) < 0) {
            release_tasks(tasks, n);
            return NULL;
        }
    }
    return tasks;
}

/* Without the GIL. False: no memory for the results. */
static bool code_tasks(isnad_worker *worker, task *tasks, size_t n, core_list *out)
{
    isnad_error err;
    for (size_t i = 0; i < n; i++) {
        const char *p = NULL;
        size_t size = 0;
        err = (isnad_error){0};
        if (isnad_code(worker, &tasks[i].in, &p, &size, &err) != ISNAD_OK) {
            tasks[i].failed = true;
            tasks[i].err = malloc(sizeof err);
            if (tasks[i].err)
                *tasks[i].err = err;
            p = "";
            size = 0;
        }
        if (core_list_add(out, p, size) < 0)
            return false;
    }
    return true;
}

static PyObject *put_errors(PyObject *list, const task *tasks, size_t n)
{
    static const isnad_error no_memory = {.status = ISNAD_E_MEMORY};
    for (size_t i = 0; list && i < n; i++) {
        if (!tasks[i].failed)
            continue;
        PyObject *error = core_error_object(tasks[i].err ? tasks[i].err : &no_memory);
        if (!error || PyList_SetItem(list, (Py_ssize_t)i, error) < 0)
            Py_CLEAR(list);
    }
    return list;
}

static PyObject *engine_code_batch(PyObject *object, PyObject *list)
{
    engine *self = (engine *)object;
    core_list results = {0};
    if (!PyList_Check(list)) {
        PyErr_SetString(PyExc_TypeError, "articles must be a list");
        return NULL;
    }
    size_t n = (size_t)PyList_Size(list);
    task *tasks = parse_tasks(list, n);
    if (!tasks)
        return NULL;
    if (!core_engine_enter(object)) {
        release_tasks(tasks, n);
        return NULL;
    }
    PyObject *out = NULL;
    isnad_worker *worker = take_worker(self);
    if (worker) {
        bool done;
        Py_BEGIN_ALLOW_THREADS
        done = code_tasks(worker, tasks, n, &results);
        Py_END_ALLOW_THREADS
        out = done ? put_errors(core_list_take(&results), tasks, n) : PyErr_NoMemory();
        give_worker(self, worker);
    }
    core_list_release(&results);
    core_engine_leave(object);
    release_tasks(tasks, n);
    return out;
}

static PyMethodDef engine_methods[] = {
    {"code", engine_code, METH_VARARGS, "code(data, uri, kind, charset, outlet, published, favor) -> record as bytes"},
    {"explain", engine_explain, METH_VARARGS, "explain(...) as code -> UTF-8 for people"},
    {"code_batch", engine_code_batch, METH_O, "code_batch([(data, uri, ...), ...]) -> [bytes or isnad.Error, ...]"},
    {"actor", engine_actor, METH_VARARGS, "actor(name) -> JSON as bytes"},
    {"close", engine_close, METH_NOARGS, "frees the engine as soon as no call uses it"},
    {NULL, NULL, 0, NULL}};

static PyType_Slot engine_slots[] = {{Py_tp_dealloc, engine_dealloc}, {Py_tp_methods, engine_methods}, {0, NULL}};

PyType_Spec core_engine_spec = {"isnad._core.Engine", sizeof(engine), 0, Py_TPFLAGS_DEFAULT, engine_slots};
