/*
 * core.h - the extension module isnad._core: include/isnad.h for Python, in the limited API of 3.9, so that one build serves all
 * versions from there on. It hands bytes across and lets the GIL go where libisnad works; objects, spans and tables are
 * made in Python (python/src/isnad).
 *
 * What guards what: the fields of an engine object are only touched with the GIL held, so taking a worker needs no lock. A store,
 * stories or an export is used by one call at a time: `busy` makes a second call fail instead of crash (Python's side has locks, so that
 * it waits). Objects that libisnad keeps alive by pointer are kept alive by references.
 */
#ifndef ISNAD_PYTHON_CORE_H
#define ISNAD_PYTHON_CORE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "isnad.h"

#define CORE_IDLE_WORKERS 64 /* workers that an engine keeps for later calls */

typedef struct core_state {
    PyTypeObject *engine, *store, *stories, *export_, *offsets;
} core_state;

/* The types of the module that a function was called in. */
core_state *core_state_of(PyObject *module);

/* --- errors and values (value.c) ----------------------------------------------------------------------------------- */

/* Sets the exception of isnad.errors that belongs to an error; returns NULL, so that a function can end with it. */
PyObject *core_raise(const isnad_error *err);
/* The same with a message of our own. */
PyObject *core_fail(isnad_status status, const char *message);
/* The exception as an object, not raised. NULL with an exception set where that fails. */
PyObject *core_error_object(const isnad_error *err);

/*
 * The bytes of a str (UTF-8; lone surrogates become bytes that libisnad repairs and tells of), bytes or another object with a buffer.
 * *owner is a new reference that keeps them. -1 with an exception set where there are none.
 */
int core_take_bytes(PyObject *object, PyObject **owner, const char **p, size_t *n);

/* A new bytes object of a worker's or a store's answer. */
PyObject *core_bytes(const char *p, size_t n);

/* A growing list of byte strings, filled without the GIL. */
typedef struct core_list {
    char *p;
    size_t n, room;
    size_t *ends;
    size_t n_items, item_room;
} core_list;

int core_list_add(core_list *list, const char *p, size_t n); /* -1: no memory */
PyObject *core_list_take(core_list *list);                   /* as a list of bytes; the list is empty then */
void core_list_release(core_list *list);

/* --- engines (engine.c) --------------------------------------------------------------------------------------------- */

extern PyType_Spec core_engine_spec;
PyObject *core_engine_open(PyObject *module, PyObject *args);

/*
 * The engine of an object, for one call: to be given back with core_engine_leave(). NULL with an exception set where it is closed or no
 * engine. The type is compared with that of `module`'s state by the caller's PyArg_ParseTuple ("O!").
 */
isnad_engine *core_engine_enter(PyObject *engine);
void core_engine_leave(PyObject *engine);

/* --- databases (store.c), runs over files (run.c), stories (stories.c), exports (export.c), offsets (offsets.c) ------- */

extern PyType_Spec core_store_spec, core_stories_spec, core_export_spec, core_offsets_spec;
PyObject *core_store_open(PyObject *module, PyObject *args);
PyObject *core_stories_new(PyObject *module, PyObject *args);
PyObject *core_stories_from_store(PyObject *module, PyObject *args);
PyObject *core_export_open(PyObject *module, PyObject *args);
PyObject *core_offsets_new(PyObject *module, PyObject *args);
PyObject *core_run(PyObject *module, PyObject *args, PyObject *keywords);

/* --- for isnad.spark (cluster.c) ------------------------------------------------------------------------------------- */

PyObject *core_code_part(PyObject *module, PyObject *args, PyObject *keywords);
PyObject *core_pairs(PyObject *module, PyObject *args);
PyObject *core_stories_of_part(PyObject *module, PyObject *args);
PyObject *core_connect(PyObject *module, PyObject *args);

/* A store for one call, marked busy; NULL with an exception set where it is closed, in use, or of another process. */
isnad_store *core_store_enter(PyObject *store);
void core_store_leave(PyObject *store);
/* Stories that point into a store: its file stays open as long as one holds it, though Python has closed it. */
void core_store_hold(PyObject *store);
void core_store_let_go(PyObject *store);

#endif
