/* module.c - the module isnad._core: its types, functions and constants. Made anew for each interpreter; nothing is shared between two. */
#include "core.h"

core_state *core_state_of(PyObject *module)
{
    return PyModule_GetState(module);
}

static PyObject *version(PyObject *module, PyObject *unused)
{
    (void)module, (void)unused;
    return PyUnicode_FromString(isnad_version());
}

static void add_fault(void *user, const isnad_error *fault)
{
    PyObject *list = user, *error = PyErr_Occurred() ? NULL : core_error_object(fault);
    if (error)
        PyList_Append(list, error);
    Py_XDECREF(error);
}

/* lexicon_check(folder, image): the faults of a folder of tables, laid over an image or ("") alone. */
static PyObject *lexicon_check(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *dir = NULL, *image = NULL;
    isnad_error err = {0};
    if (!PyArg_ParseTuple(args, "O&O&", PyUnicode_FSConverter, &dir, PyUnicode_FSConverter, &image))
        return NULL;
    PyObject *faults = PyList_New(0);
    if (faults) {
        const char *base = PyBytes_Size(image) ? PyBytes_AsString(image) : NULL;
        if (isnad_lexicon_check(PyBytes_AsString(dir), base, add_fault, faults, NULL, &err) != ISNAD_OK && !PyErr_Occurred())
            core_raise(&err);
        if (PyErr_Occurred())
            Py_CLEAR(faults);
    }
    Py_DECREF(dir);
    Py_DECREF(image);
    return faults;
}

static PyObject *lexicon_compile(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *dir = NULL, *out = NULL;
    isnad_error err = {0};
    if (!PyArg_ParseTuple(args, "O&O&", PyUnicode_FSConverter, &dir, PyUnicode_FSConverter, &out))
        return NULL;
    const char *from = PyBytes_AsString(dir), *to = PyBytes_AsString(out);
    isnad_status status;
    Py_BEGIN_ALLOW_THREADS
    status = isnad_lexicon_compile(from, to, &err);
    Py_END_ALLOW_THREADS
    Py_DECREF(dir);
    Py_DECREF(out);
    if (status != ISNAD_OK)
        return core_raise(&err);
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {
    {"version", version, METH_NOARGS, "the version of libisnad"},
    {"engine_open", core_engine_open, METH_VARARGS, "engine_open(image, lexicon or '') -> Engine"},
    {"store_open", core_store_open, METH_VARARGS, "store_open(engine, path, write) -> Store"},
    {"stories_new", core_stories_new, METH_VARARGS, "stories_new(engine) -> Stories"},
    {"stories_from_store", core_stories_from_store, METH_VARARGS, "stories_from_store(stories, store)"},
    {"export_open", core_export_open, METH_VARARGS, "export_open(engine, format) -> Export"},
    {"offsets", core_offsets_new, METH_VARARGS, "offsets(UTF-8 as bytes) -> Offsets"},
    {"run", (PyCFunction)(uintptr_t)core_run, METH_VARARGS | METH_KEYWORDS, "run(engine, paths, store or None, ...) -> totals"},
    {"code_part", (PyCFunction)(uintptr_t)core_code_part, METH_VARARGS | METH_KEYWORDS, "a part of a file into columns, for isnad.spark"},
    {"pairs", core_pairs, METH_VARARGS, "pairs(engine, digests, ends, first) -> columns, for isnad.spark"},
    {"stories_of_part", core_stories_of_part, METH_VARARGS, "stories of a connected part, for isnad.spark"},
    {"connect", core_connect, METH_VARARGS, "connect(a, b, n) -> the least node that each is connected with, for isnad.spark"},
    {"lexicon_check", lexicon_check, METH_VARARGS, "lexicon_check(folder, image or '') -> [isnad.Error, ...]"},
    {"lexicon_compile", lexicon_compile, METH_VARARGS, "lexicon_compile(folder, file)"},
    {NULL, NULL, 0, NULL}};

static int add_type(PyObject *module, PyType_Spec *spec, const char *name, PyTypeObject **out)
{
    PyObject *type = PyType_FromSpec(spec);
    if (!type)
        return -1;
    *out = (PyTypeObject *)type;
    Py_INCREF(type); /* one reference is the state's, one the module's */
    if (PyModule_AddObject(module, name, type) < 0) {
        Py_DECREF(type);
        return -1;
    }
    return 0;
}

static int add_constants(PyObject *module)
{
    const struct {
        const char *name;
        int value;
    } constants[] = {{"GUESS", ISNAD_KIND_GUESS}, {"TEXT", ISNAD_KIND_TEXT}, {"HTML", ISNAD_KIND_HTML}, {"JSON", ISNAD_KIND_JSON},
                     {"FEED", ISNAD_KIND_FEED}, {"WARC", ISNAD_KIND_WARC}, {"BOTH", ISNAD_FAVOR_BOTH},
                     {"PRECISION", ISNAD_FAVOR_PRECISION}, {"RECALL", ISNAD_FAVOR_RECALL}, {"ARTICLES", ISNAD_FOUND_ARTICLES},
                     {"EVENTS", ISNAD_FOUND_EVENTS}, {"QUOTES", ISNAD_FOUND_QUOTES}, {"TIMELINE", ISNAD_FOUND_TIMELINE},
                     {"ACTORS", ISNAD_FOUND_ACTORS}, {"PORTRAIT", ISNAD_FOUND_PORTRAIT}, {"ARTICLE", ISNAD_FOUND_ARTICLE},
                     {"OUTLETS", ISNAD_FOUND_OUTLETS}, {"OUTLET", ISNAD_FOUND_OUTLET}, {"SERIES", ISNAD_FOUND_SERIES},
                     {"DYAD", ISNAD_FOUND_DYAD}, {"ACTOR_PAGE", ISNAD_FOUND_ACTOR_PAGE}, {"TYPES", ISNAD_FOUND_TYPES},
                     {"STATUS", ISNAD_FOUND_STATUS}, {"STORIES", ISNAD_FOUND_STORIES}, {"STORY", ISNAD_FOUND_STORY},
                     {"FACTS", ISNAD_FOUND_FACTS}, {"FRONT", ISNAD_FOUND_FRONT}, {"JOIN", ISNAD_DECIDE_JOIN},
                     {"PART", ISNAD_DECIDE_PART}, {"ALONE", ISNAD_DECIDE_ALONE},
                     {"PAIRS_MINUTES", ISNAD_PAIRS_MINUTES}};
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) {
        if (PyModule_AddIntConstant(module, constants[i].name, constants[i].value) < 0)
            return -1;
    }
    PyObject *join = PyFloat_FromDouble((double)ISNAD_PAIRS_JOIN);
    if (!join || PyModule_AddObject(module, "PAIRS_JOIN", join) < 0) {
        Py_XDECREF(join);
        return -1;
    }
    return 0;
}

static int execute(PyObject *module)
{
    core_state *state = core_state_of(module);
    if (add_type(module, &core_engine_spec, "Engine", &state->engine) < 0 ||
        add_type(module, &core_store_spec, "Store", &state->store) < 0 ||
        add_type(module, &core_stories_spec, "Stories", &state->stories) < 0 ||
        add_type(module, &core_export_spec, "Export", &state->export_) < 0 ||
        add_type(module, &core_offsets_spec, "Offsets", &state->offsets) < 0)
        return -1;
    return add_constants(module);
}

static int traverse(PyObject *module, visitproc visit, void *arg)
{
    core_state *state = core_state_of(module);
    Py_VISIT(state->engine);
    Py_VISIT(state->store);
    Py_VISIT(state->stories);
    Py_VISIT(state->export_);
    Py_VISIT(state->offsets);
    return 0;
}

static int clear(PyObject *module)
{
    core_state *state = core_state_of(module);
    Py_CLEAR(state->engine);
    Py_CLEAR(state->store);
    Py_CLEAR(state->stories);
    Py_CLEAR(state->export_);
    Py_CLEAR(state->offsets);
    return 0;
}

static void release(void *module)
{
    clear(module);
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)(uintptr_t)execute}, {0, NULL}};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "isnad._core", "include/isnad.h for Python; use isnad, not this.",
                                        sizeof(core_state), functions, slots, traverse, clear, release};

PyMODINIT_FUNC PyInit__core(void);
PyMODINIT_FUNC PyInit__core(void)
{
    return PyModuleDef_Init(&definition);
}
