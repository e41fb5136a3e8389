/* stories.c - isnad._core.Stories: a collection of articles, put into stories once; used by one call at a time. */
#include "core.h"

#include <stdlib.h>
#include <unistd.h>

typedef struct stories {
    PyObject_HEAD
    isnad_stories *stories;
    PyObject *engine;
    PyObject *kept;  /* list of the records that libisnad points to */
    PyObject *store; /* that the articles are from, or NULL; held */
    pid_t process;
    bool busy, made;
} stories;

/* Marks a collection busy; with `made` it must be made, or must not be. */
static isnad_stories *enter(PyObject *object, bool made)
{
    stories *self = (stories *)object;
    const char *why = NULL;
    if (!self->stories)
        why = "the stories are closed";
    else if (self->process != getpid())
        why = "the stories were begun before this process was forked";
    else if (self->busy)
        why = "the stories are in use by another call";
    else if (self->made != made)
        why = made ? "the stories are not made yet" : "the stories are made already";
    if (why) {
        core_fail(ISNAD_E_ARGUMENT, why);
        return NULL;
    }
    if (self->store && !core_store_enter(self->store))
        return NULL;
    self->busy = true;
    Py_INCREF(object);
    return self->stories;
}

static void leave(PyObject *object)
{
    stories *self = (stories *)object;
    self->busy = false;
    if (self->store)
        core_store_leave(self->store);
    Py_DECREF(object);
}

/* Ends a call that answers nothing. */
static PyObject *end(PyObject *object, isnad_status status, const isnad_error *err)
{
    leave(object);
    if (status != ISNAD_OK)
        return core_raise(err);
    Py_RETURN_NONE;
}

PyObject *core_stories_new(PyObject *module, PyObject *args)
{
    PyObject *engine;
    isnad_stories *opened = NULL;
    isnad_error err = {0};
    if (!PyArg_ParseTuple(args, "O!", core_state_of(module)->engine, &engine))
        return NULL;
    isnad_engine *entered = core_engine_enter(engine);
    if (!entered)
        return NULL;
    stories *self = NULL;
    PyObject *kept = PyList_New(0);
    if (isnad_stories_new(&opened, entered, &err) != ISNAD_OK)
        core_raise(&err);
    else if (kept)
        self = (stories *)PyType_GenericAlloc(core_state_of(module)->stories, 0);
    if (!self) {
        isnad_stories_free(opened);
        core_engine_leave(engine);
        Py_XDECREF(kept);
        return NULL;
    }
    self->stories = opened;
    self->engine = engine;
    self->kept = kept;
    self->process = getpid();
    return (PyObject *)self;
}

static void stories_dealloc(PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    stories *self = (stories *)object;
    if (self->process == getpid())
        isnad_stories_free(self->stories);
    Py_XDECREF(self->kept);
    if (self->store)
        core_store_let_go(self->store);
    if (self->engine)
        core_engine_leave(self->engine);
    PyObject_Free(object);
    Py_DECREF(type);
}

/* stories_from_store(stories, store): adds the articles of a database, which is used for as long as the stories live. */
PyObject *core_stories_from_store(PyObject *module, PyObject *args)
{
    PyObject *object, *store;
    isnad_error err = {0};
    if (!PyArg_ParseTuple(args, "O!O!", core_state_of(module)->stories, &object, core_state_of(module)->store, &store))
        return NULL;
    stories *self = (stories *)object;
    if (self->store)
        return core_fail(ISNAD_E_ARGUMENT, "the stories have a database already");
    isnad_stories *in = enter(object, false);
    if (!in)
        return NULL;
    isnad_store *open = core_store_enter(store);
    if (!open) {
        leave(object);
        return NULL;
    }
    core_store_hold(store);
    self->store = store;
    isnad_status status;
    Py_BEGIN_ALLOW_THREADS
    status = isnad_stories_from_store(in, open, &err);
    Py_END_ALLOW_THREADS
    return end(object, status, &err); /* leaves the store too */
}

static PyObject *stories_add(PyObject *object, PyObject *record)
{
    isnad_error err = {0};
    char *p;
    Py_ssize_t n;
    if (PyBytes_AsStringAndSize(record, &p, &n) < 0)
        return NULL;
    isnad_stories *in = enter(object, false);
    if (!in)
        return NULL;
    isnad_status status = isnad_stories_add(in, p, (size_t)n, &err);
    if (status == ISNAD_OK && PyList_Append(((stories *)object)->kept, record) < 0) {
        leave(object);
        return NULL;
    }
    return end(object, status, &err);
}

static PyObject *stories_read(PyObject *object, PyObject *args)
{
    PyObject *path = NULL;
    isnad_error err = {0};
    if (!PyArg_ParseTuple(args, "O&", PyUnicode_FSConverter, &path))
        return NULL;
    isnad_stories *in = enter(object, false);
    isnad_status status = ISNAD_OK;
    const char *file = PyBytes_AsString(path);
    if (in) {
        Py_BEGIN_ALLOW_THREADS
        status = isnad_stories_read(in, file, &err);
        Py_END_ALLOW_THREADS
    }
    Py_DECREF(path);
    return in ? end(object, status, &err) : NULL;
}

static PyObject *stories_decide(PyObject *object, PyObject *args)
{
    int decision;
    const char *a, *b;
    isnad_error err = {0};
    if (!PyArg_ParseTuple(args, "isz", &decision, &a, &b))
        return NULL;
    isnad_stories *in = enter(object, false);
    return in ? end(object, isnad_stories_decide(in, (isnad_decision)decision, a, b, &err), &err) : NULL;
}

static PyObject *stories_make(PyObject *object, PyObject *args)
{
    unsigned jobs;
    isnad_error err = {0};
    if (!PyArg_ParseTuple(args, "I", &jobs))
        return NULL;
    isnad_stories *in = enter(object, false);
    if (!in)
        return NULL;
    isnad_status status;
    Py_BEGIN_ALLOW_THREADS
    status = isnad_stories_make(in, jobs, &err);
    Py_END_ALLOW_THREADS
    ((stories *)object)->made = status == ISNAD_OK;
    return end(object, status, &err);
}

static PyObject *stories_keep(PyObject *object, PyObject *unused)
{
    (void)unused;
    isnad_error err = {0};
    isnad_stories *in = enter(object, true);
    if (!in)
        return NULL;
    isnad_status status;
    Py_BEGIN_ALLOW_THREADS
    status = isnad_stories_keep(in, &err);
    Py_END_ALLOW_THREADS
    return end(object, status, &err);
}

static PyObject *stories_count(PyObject *object, PyObject *unused)
{
    (void)unused;
    isnad_stories *in = enter(object, true);
    if (!in)
        return NULL;
    size_t n = isnad_stories_count(in);
    leave(object);
    return PyLong_FromSize_t(n);
}

static PyObject *stories_size(PyObject *object, PyObject *args)
{
    Py_ssize_t story;
    if (!PyArg_ParseTuple(args, "n", &story))
        return NULL;
    isnad_stories *in = enter(object, true);
    if (!in)
        return NULL;
    bool known = story >= 0 && (size_t)story < isnad_stories_count(in);
    size_t n = known ? isnad_stories_size(in, (size_t)story) : 0;
    leave(object);
    return known ? PyLong_FromSize_t(n) : core_fail(ISNAD_E_ARGUMENT, "no such story");
}

static PyObject *stories_find(PyObject *object, PyObject *args)
{
    const char *id;
    if (!PyArg_ParseTuple(args, "s", &id))
        return NULL;
    isnad_stories *in = enter(object, true);
    if (!in)
        return NULL;
    size_t story = isnad_stories_find(in, id);
    leave(object);
    return story == SIZE_MAX ? PyLong_FromLong(-1) : PyLong_FromSize_t(story);
}

/* The text of tell and compare is good until the next call, so the collection stays busy until it is copied. */
static PyObject *stories_tell(PyObject *object, PyObject *args)
{
    Py_ssize_t story;
    int reasons, compare;
    const char *p = NULL;
    size_t n = 0;
    isnad_error err = {0};
    if (!PyArg_ParseTuple(args, "npp", &story, &reasons, &compare))
        return NULL;
    isnad_stories *in = enter(object, true);
    if (!in)
        return NULL;
    isnad_status status;
    size_t number = story < 0 ? SIZE_MAX : (size_t)story;
    Py_BEGIN_ALLOW_THREADS
    status = compare ? isnad_stories_compare(in, number, &p, &n, &err) : isnad_stories_tell(in, number, reasons, &p, &n, &err);
    Py_END_ALLOW_THREADS
    PyObject *out = status == ISNAD_OK ? core_bytes(p, n) : core_raise(&err);
    leave(object);
    return out;
}

static PyMethodDef stories_methods[] = {
    {"add", stories_add, METH_O, "add(record as bytes)"},
    {"read", stories_read, METH_VARARGS, "read(path): the records of a file of JSON Lines"},
    {"decide", stories_decide, METH_VARARGS, "decide(decision, a, b)"},
    {"make", stories_make, METH_VARARGS, "make(jobs)"},
    {"keep", stories_keep, METH_NOARGS, "keeps the stories in the database that they are from"},
    {"count", stories_count, METH_NOARGS, "how many stories"},
    {"size", stories_size, METH_VARARGS, "size(story): how many articles"},
    {"find", stories_find, METH_VARARGS, "find(id of an article): its story, or -1"},
    {"tell", stories_tell, METH_VARARGS, "tell(story, reasons, compare) -> JSON as bytes"},
    {NULL, NULL, 0, NULL}};

static PyType_Slot stories_slots[] = {{Py_tp_dealloc, stories_dealloc}, {Py_tp_methods, stories_methods}, {0, NULL}};

PyType_Spec core_stories_spec = {"isnad._core.Stories", sizeof(stories), 0, Py_TPFLAGS_DEFAULT, stories_slots};
