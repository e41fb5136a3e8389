/* export.c - isnad._core.Export: records in, bytes of another tool's format out. Works with the GIL held: a record costs microseconds. */
#include "core.h"

typedef struct export_ {
    PyObject_HEAD
    isnad_export *handle;
    PyObject *engine;
    core_list out;
} export_;

static isnad_status write_part(void *user, const char *bytes, size_t n)
{
    return core_list_add(user, bytes, n) < 0 ? ISNAD_E_MEMORY : ISNAD_OK;
}

PyObject *core_export_open(PyObject *module, PyObject *args)
{
    PyObject *engine;
    const char *format;
    isnad_error err = {0};
    if (!PyArg_ParseTuple(args, "O!s", core_state_of(module)->engine, &engine, &format))
        return NULL;
    isnad_engine *entered = core_engine_enter(engine);
    if (!entered)
        return NULL;
    export_ *self = (export_ *)PyType_GenericAlloc(core_state_of(module)->export_, 0);
    if (!self) {
        core_engine_leave(engine);
        return NULL;
    }
    self->engine = engine;
    if (isnad_export_open(&self->handle, entered, format, write_part, &self->out, &err) != ISNAD_OK) {
        self->handle = NULL;
        Py_DECREF(self);
        return core_raise(&err);
    }
    return (PyObject *)self;
}

static void export_dealloc(PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    export_ *self = (export_ *)object;
    if (self->handle)
        isnad_export_free(self->handle);
    core_list_release(&self->out);
    if (self->engine)
        core_engine_leave(self->engine);
    PyObject_Free(object);
    Py_DECREF(type);
}

/* What was written since the last call, as one bytes object. */
static PyObject *take(export_ *self)
{
    PyObject *out = core_bytes(self->out.p, self->out.n);
    self->out.n = self->out.n_items = 0;
    return out;
}

static PyObject *export_add(PyObject *object, PyObject *record)
{
    export_ *self = (export_ *)object;
    char *p;
    Py_ssize_t n;
    isnad_error err = {0};
    if (!self->handle)
        return core_fail(ISNAD_E_ARGUMENT, "the export is ended");
    if (PyBytes_AsStringAndSize(record, &p, &n) < 0)
        return NULL;
    if (isnad_export_add(self->handle, p, (size_t)n, &err) != ISNAD_OK)
        return core_raise(&err);
    return take(self);
}

static PyObject *export_end(PyObject *object, PyObject *unused)
{
    (void)unused;
    export_ *self = (export_ *)object;
    size_t left_out = 0;
    isnad_error err = {0};
    if (!self->handle)
        return core_fail(ISNAD_E_ARGUMENT, "the export is ended");
    isnad_status status = isnad_export_end(self->handle, &left_out, &err);
    isnad_export_free(self->handle);
    self->handle = NULL;
    if (status != ISNAD_OK)
        return core_raise(&err);
    PyObject *out = take(self);
    return out ? Py_BuildValue("Nn", out, (Py_ssize_t)left_out) : NULL;
}

static PyMethodDef export_methods[] = {{"add", export_add, METH_O, "add(record as bytes) -> bytes to write"},
                                       {"end", export_end, METH_NOARGS, "end() -> (bytes to write, how much was left out)"},
                                       {NULL, NULL, 0, NULL}};

static PyType_Slot export_slots[] = {{Py_tp_dealloc, export_dealloc}, {Py_tp_methods, export_methods}, {0, NULL}};

PyType_Spec core_export_spec = {"isnad._core.Export", sizeof(export_), 0, Py_TPFLAGS_DEFAULT, export_slots};
