/* value.c - errors, bytes and lists across the border. */
#include "core.h"

#include <stdlib.h>
#include <string.h>

static PyObject *text_of(const char *p)
{
    return PyUnicode_DecodeUTF8(p, (Py_ssize_t)strlen(p), "replace");
}

PyObject *core_error_object(const isnad_error *err)
{
    PyObject *module = PyImport_ImportModule("isnad.errors");
    if (!module)
        return NULL;
    PyObject *message = text_of(err->message[0] ? err->message : isnad_status_text(err->status));
    PyObject *file = err->file[0] ? PyUnicode_DecodeFSDefault(err->file) : PyUnicode_FromString("");
    PyObject *error = NULL;
    if (message && file)
        error = PyObject_CallMethod(module, "make", "iOOK", (int)err->status, message, file,
                                    (unsigned long long)err->line);
    Py_XDECREF(message);
    Py_XDECREF(file);
    Py_DECREF(module);
    return error;
}

PyObject *core_raise(const isnad_error *err)
{
    PyObject *error = core_error_object(err);
    if (error) {
        PyErr_SetObject((PyObject *)Py_TYPE(error), error);
        Py_DECREF(error);
    }
    return NULL;
}

PyObject *core_fail(isnad_status status, const char *message)
{
    isnad_error err = {.status = status};
    strncpy(err.message, message, sizeof err.message - 1);
    return core_raise(&err);
}

static PyObject *encode(PyObject *text)
{
    PyObject *bytes = PyUnicode_AsUTF8String(text);
    if (bytes || !PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
        return bytes;
    PyErr_Clear();
    return PyUnicode_AsEncodedString(text, "utf-8", "surrogatepass");
}

int core_take_bytes(PyObject *object, PyObject **owner, const char **p, size_t *n)
{
    PyObject *bytes;
    if (PyBytes_Check(object)) {
        Py_INCREF(object);
        bytes = object;
    } else if (PyUnicode_Check(object)) {
        bytes = encode(object);
    } else {
        PyObject *view = PyMemoryView_FromObject(object);
        bytes = view ? PyBytes_FromObject(view) : NULL;
        Py_XDECREF(view);
    }
    if (!bytes)
        return -1;
    char *start;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(bytes, &start, &size) < 0) {
        Py_DECREF(bytes);
        return -1;
    }
    *owner = bytes;
    *p = start;
    *n = (size_t)size;
    return 0;
}

PyObject *core_bytes(const char *p, size_t n)
{
    if (n > (size_t)PY_SSIZE_T_MAX)
        return PyErr_NoMemory();
    return PyBytes_FromStringAndSize(p, (Py_ssize_t)n);
}

/* Room for `more` on top of n items of `size` bytes; false where there is no memory. */
static bool grow(void **p, size_t *room, size_t n, size_t more, size_t size)
{
    if (more <= *room - n)
        return true;
    size_t want = *room ? *room * 2 : 64;
    while (want - n < more)
        want *= 2;
    if (want > SIZE_MAX / 2 / size)
        return false;
    void *q = realloc(*p, want * size);
    if (!q)
        return false;
    *p = q;
    *room = want;
    return true;
}

int core_list_add(core_list *list, const char *p, size_t n)
{
    void *bytes = list->p, *ends = list->ends;
    bool fits = n < SIZE_MAX / 4 && grow(&bytes, &list->room, list->n, n, 1);
    list->p = bytes;
    fits = fits && grow(&ends, &list->item_room, list->n_items, 1, sizeof *list->ends);
    list->ends = ends;
    if (!fits)
        return -1;
    if (n)
        memcpy(list->p + list->n, p, n);
    list->n += n;
    list->ends[list->n_items++] = list->n;
    return 0;
}

PyObject *core_list_take(core_list *list)
{
    PyObject *out = PyList_New((Py_ssize_t)list->n_items);
    size_t begin = 0;
    for (size_t i = 0; out && i < list->n_items; i++) {
        PyObject *item = core_bytes(list->p + begin, list->ends[i] - begin);
        if (!item || PyList_SetItem(out, (Py_ssize_t)i, item) < 0)
            Py_CLEAR(out);
        begin = list->ends[i];
    }
    list->n = list->n_items = 0;
    return out;
}

void core_list_release(core_list *list)
{
    free(list->p);
    free(list->ends);
    *list = (core_list){0};
}
