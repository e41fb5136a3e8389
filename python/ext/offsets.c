/*
 * offsets.c - isnad._core.Offsets: from bytes of a UTF-8 text to characters and back, as Python's str counts them (code points). Every 64
 * bytes the characters before are noted, so that building takes one pass and a look-up a few steps.
 */
#include "core.h"

#include <stdlib.h>

#define STRIDE 64

typedef struct offsets {
    PyObject_HEAD
    PyObject *text;
    const unsigned char *p;
    size_t n, n_chars;
    uint32_t *before; /* [n / STRIDE + 1] characters that begin before byte i * STRIDE */
} offsets;

/* How many characters begin in p[0..n). */
static size_t count(const unsigned char *p, size_t n)
{
    size_t chars = 0;
    for (size_t i = 0; i < n; i++)
        chars += (p[i] & 0xC0) != 0x80;
    return chars;
}

PyObject *core_offsets_new(PyObject *module, PyObject *args)
{
    PyObject *text;
    if (!PyArg_ParseTuple(args, "S", &text))
        return NULL;
    size_t n = (size_t)PyBytes_Size(text);
    if (n > UINT32_MAX)
        return core_fail(ISNAD_E_LIMIT, "a text of more than 4 GiB");
    offsets *self = (offsets *)PyType_GenericAlloc(core_state_of(module)->offsets, 0);
    if (!self)
        return NULL;
    Py_INCREF(text);
    self->text = text;
    self->p = (const unsigned char *)PyBytes_AsString(text);
    self->n = n;
    self->before = malloc((n / STRIDE + 1) * sizeof *self->before);
    if (!self->before) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    size_t chars = 0;
    for (size_t at = 0; at <= n; at += STRIDE) {
        self->before[at / STRIDE] = (uint32_t)chars;
        chars += count(self->p + at, n - at < STRIDE ? n - at : STRIDE);
    }
    self->n_chars = chars;
    return (PyObject *)self;
}

static void offsets_dealloc(PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    free(((offsets *)object)->before);
    Py_XDECREF(((offsets *)object)->text);
    PyObject_Free(object);
    Py_DECREF(type);
}

static int take_place(PyObject *number, size_t most, size_t *out)
{
    Py_ssize_t value = PyLong_AsSsize_t(number);
    if (value == -1 && PyErr_Occurred())
        return -1;
    if (value < 0 || (size_t)value > most) {
        PyErr_SetString(PyExc_IndexError, "no place of the text");
        return -1;
    }
    *out = (size_t)value;
    return 0;
}

static PyObject *offsets_char(PyObject *object, PyObject *number)
{
    const offsets *self = (const offsets *)object;
    size_t byte;
    if (take_place(number, self->n, &byte) < 0)
        return NULL;
    if (!self->before)
        return PyLong_FromLong(0);
    size_t begin = byte / STRIDE * STRIDE;
    return PyLong_FromSize_t(self->before[byte / STRIDE] + count(self->p + begin, byte - begin));
}

static PyObject *offsets_byte(PyObject *object, PyObject *number)
{
    const offsets *self = (const offsets *)object;
    size_t want;
    if (take_place(number, self->n_chars, &want) < 0)
        return NULL;
    if (want == self->n_chars)
        return PyLong_FromSize_t(self->n);
    size_t low = 0, high = self->n / STRIDE;
    while (low < high) { /* the last stride with at most `want` characters before it */
        size_t middle = low + (high - low + 1) / 2;
        if (self->before[middle] <= want)
            low = middle;
        else
            high = middle - 1;
    }
    size_t byte = low * STRIDE, chars = self->before[low];
    for (;; byte++) {
        bool begins = (self->p[byte] & 0xC0) != 0x80;
        if (begins && chars == want)
            return PyLong_FromSize_t(byte);
        chars += begins;
    }
}

static PyMethodDef offsets_methods[] = {{"char", offsets_char, METH_O, "char(byte) -> characters that begin before that byte"},
                                        {"byte", offsets_byte, METH_O, "byte(char) -> byte where that character begins"},
                                        {NULL, NULL, 0, NULL}};

static PyType_Slot offsets_slots[] = {{Py_tp_dealloc, offsets_dealloc}, {Py_tp_methods, offsets_methods}, {0, NULL}};

PyType_Spec core_offsets_spec = {"isnad._core.Offsets", sizeof(offsets), 0, Py_TPFLAGS_DEFAULT, offsets_slots};
