/*
 * cluster.c - what isnad.spark needs of libisnad: parts of files that Python hands out coded into columns, and stories made in parts. Columns go
 * across as the bytes of Arrow's buffers (int32, int64, float, uint8), so that no Python object is made for an article.
 */
#include "core.h"

#include <stdlib.h>
#include <string.h>

#define HAND_OVER_BYTES ((size_t)4 << 20) /* of records */

/* A column: bytes that grow. */
typedef struct column {
    char *p;
    size_t n, room;
} column;

static bool append(column *c, const void *bytes, size_t n)
{
    if (c->room - c->n < n) {
        size_t room = c->room ? c->room : 4096;
        while (room - c->n < n)
            room *= 2;
        char *p = realloc(c->p, room);
        if (!p)
            return false;
        c->p = p;
        c->room = room;
    }
    if (n)
        memcpy(c->p + c->n, bytes, n);
    c->n += n;
    return true;
}

/* As bytes; the column is empty then. */
static PyObject *take(column *c)
{
    PyObject *bytes = PyBytes_FromStringAndSize(c->p ? c->p : "", (Py_ssize_t)c->n);
    c->n = 0;
    return bytes;
}

/* --- coding ----------------------------------------------------------------------------------------------------------- */

typedef struct part {
    PyObject *read, *batch;
    PyThreadState *thread; /* while the GIL is away */
    isnad_worker *worker;  /* for digests */
    PyObject *chunk;       /* bytes that Python read last, or NULL; of them those from `at` on are left */
    Py_ssize_t at;
    PyObject *faults;      /* list of exceptions */
    column records, ids, id_ends, digests, digest_ends, identity, content, own, minutes;
    uint32_t n;
    bool stopped, failed;
} part;

/* With the GIL: hands over what there is. */
static void hand_over(part *r)
{
    if (r->failed || r->stopped || (r->n == 0 && PyList_Size(r->faults) == 0))
        return;
    PyObject *faults = r->faults;
    r->faults = PyList_New(0);
    PyObject *columns[] = {take(&r->records), take(&r->ids), take(&r->id_ends), take(&r->digests), take(&r->digest_ends),
                           take(&r->identity), take(&r->content), take(&r->own), take(&r->minutes)};
    PyObject *answer = NULL;
    bool whole = r->faults != NULL;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        whole = whole && columns[i];
    if (whole)
        answer = PyObject_CallFunction(r->batch, "IOOOOOOOOOO", (unsigned)r->n, columns[0], columns[1], columns[2], columns[3], columns[4],
                                       columns[5], columns[6], columns[7], columns[8], faults);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        Py_XDECREF(columns[i]);
    Py_XDECREF(faults);
    int yes = answer ? PyObject_IsTrue(answer) : -1;
    Py_XDECREF(answer);
    r->failed = yes < 0;
    r->stopped = yes != 0;
    r->n = 0;
}

static isnad_status on_record(void *user, const char *record, size_t n)
{
    part *r = user;
    isnad_digested d = {0};
    isnad_error err = {0};
    if (isnad_digest(r->worker, record, n, &d, &err) != ISNAD_OK)
        return err.status;
    uint8_t own = d.own != 0;
    int32_t end;
    bool good = append(&r->records, record, n) && append(&r->records, "\n", 1) && append(&r->ids, d.id, d.id_n) &&
                append(&r->digests, d.bytes, d.n) && append(&r->identity, &d.identity, sizeof d.identity) &&
                append(&r->content, &d.content, sizeof d.content) && append(&r->own, &own, 1) &&
                append(&r->minutes, &d.minutes, sizeof d.minutes);
    end = (int32_t)r->ids.n;
    good = good && append(&r->id_ends, &end, sizeof end);
    end = (int32_t)r->digests.n;
    good = good && append(&r->digest_ends, &end, sizeof end);
    if (!good)
        return ISNAD_E_MEMORY;
    r->n++;
    if (r->records.n >= HAND_OVER_BYTES) {
        PyEval_RestoreThread(r->thread);
        hand_over(r);
        r->thread = PyEval_SaveThread();
    }
    return r->stopped ? ISNAD_E_STOPPED : ISNAD_OK;
}

static void on_fault(void *user, const isnad_error *fault)
{
    part *r = user;
    if (r->stopped)
        return;
    PyEval_RestoreThread(r->thread);
    PyObject *error = core_error_object(fault);
    if (!error || PyList_Append(r->faults, error) < 0)
        r->failed = r->stopped = true;
    Py_XDECREF(error);
    r->thread = PyEval_SaveThread();
}

/* Bytes from Python's read(n), which may give as many as it likes. */
static ptrdiff_t on_read(void *user, char *room, size_t n)
{
    part *r = user;
    char *bytes = NULL;
    Py_ssize_t size = 0;
    if (r->stopped)
        return 0;
    PyEval_RestoreThread(r->thread);
    if (!r->chunk || r->at == PyBytes_Size(r->chunk)) {
        Py_XDECREF(r->chunk);
        r->at = 0;
        r->chunk = PyObject_CallFunction(r->read, "n", (Py_ssize_t)1 << 20);
    }
    if (!r->chunk || PyBytes_AsStringAndSize(r->chunk, &bytes, &size) < 0) {
        r->failed = r->stopped = true;
        size = r->at;
    }
    size_t got = (size_t)(size - r->at) < n ? (size_t)(size - r->at) : n;
    if (got)
        memcpy(room, bytes + r->at, got);
    r->at += (Py_ssize_t)got;
    r->thread = PyEval_SaveThread();
    return r->failed ? -1 : (ptrdiff_t)got;
}

static PyObject *go(isnad_engine *engine, isnad_run_options *o, part *r)
{
    isnad_error err = {0};
    isnad_progress done = {0};
    o->user = r;
    o->record = on_record;
    o->fault = on_fault;
    o->read = on_read;
    isnad_status status = isnad_worker_new(&r->worker, engine, &err);
    if (status == ISNAD_OK) {
        r->thread = PyEval_SaveThread();
        status = isnad_run(engine, o, &done, &err);
        PyEval_RestoreThread(r->thread);
        if (!PyErr_Occurred())
            hand_over(r);
    }
    isnad_worker_free(r->worker);
    if (r->failed || PyErr_Occurred())
        return NULL;
    if (status != ISNAD_OK && !(status == ISNAD_E_STOPPED && r->stopped)) {
        if (!err.status)
            core_fail(status, isnad_status_text(status));
        else
            core_raise(&err);
        return NULL;
    }
    return Py_BuildValue("KKK", (unsigned long long)done.articles, (unsigned long long)done.faults, (unsigned long long)done.skipped);
}

PyObject *core_code_part(PyObject *module, PyObject *args, PyObject *keywords)
{
    static const char *const names[] = {
        "engine", "name", "read", "on_batch", "kind", "offset", "line", "favor", "charset", "outlet", "published",
        "field_id", "field_url", "field_outlet", "field_published", "field_title", "field_text", NULL};
    PyObject *engine, *out = NULL;
    const char *name;
    int kind = 0, favor = 0;
    unsigned long long offset = 0, line = 0;
    isnad_run_options o = {0};
    part r = {0};
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "O!sOO|iKKizzzzzzzzz", (char **)(uintptr_t)names, core_state_of(module)->engine,
                                     &engine, &name, &r.read, &r.batch, &kind, &offset, &line, &favor, &o.charset, &o.outlet,
                                     &o.published, &o.field_id, &o.field_url, &o.field_outlet, &o.field_published, &o.field_title,
                                     &o.field_text))
        return NULL;
    o.inputs = &name;
    o.n_inputs = 1;
    o.kind = (isnad_kind)kind;
    o.favor = (isnad_favor)favor;
    o.offset = offset;
    o.line = line;
    r.faults = PyList_New(0);
    isnad_engine *entered = r.faults ? core_engine_enter(engine) : NULL;
    if (entered) {
        out = go(entered, &o, &r);
        core_engine_leave(engine);
    }
    Py_XDECREF(r.faults);
    Py_XDECREF(r.chunk);
    column *columns[] = {&r.records, &r.ids, &r.id_ends, &r.digests, &r.digest_ends, &r.identity, &r.content, &r.own, &r.minutes};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        free(columns[i]->p);
    return out;
}

/* --- stories ------------------------------------------------------------------------------------------------------------ */

/* Digests one behind the other, with the int32 ends of each, added to new stories. NULL with an exception set where they are none. */
static isnad_stories *stories_of(isnad_engine *engine, PyObject *digests, PyObject *ends, size_t *n)
{
    char *p, *e;
    Py_ssize_t size, size_of_ends;
    isnad_stories *stories = NULL;
    isnad_error err = {0};
    if (PyBytes_AsStringAndSize(digests, &p, &size) < 0 || PyBytes_AsStringAndSize(ends, &e, &size_of_ends) < 0)
        return NULL;
    *n = (size_t)size_of_ends / sizeof(int32_t);
    isnad_status status;
    int32_t begin = 0, end = 0;
    Py_BEGIN_ALLOW_THREADS
    status = isnad_stories_new(&stories, engine, &err);
    for (size_t i = 0; status == ISNAD_OK && i < *n; i++, begin = end) {
        memcpy(&end, e + i * sizeof end, sizeof end);
        if (end <= begin || end > size)
            status = err.status = ISNAD_E_ARGUMENT;
        else
            status = isnad_stories_add_digest(stories, p + begin, (size_t)(end - begin), &err);
    }
    Py_END_ALLOW_THREADS
    if (status == ISNAD_OK)
        return stories;
    isnad_stories_free(stories);
    core_raise(&err);
    return NULL;
}

/* pairs(engine, digests, ends, first) -> (a, b, odds, topic): buffers of uint32 and float32. */
PyObject *core_pairs(PyObject *module, PyObject *args)
{
    PyObject *engine, *digests, *ends, *out = NULL;
    unsigned long long first;
    size_t n = 0, n_pairs = 0;
    const isnad_pair *pairs = NULL;
    isnad_error err = {0};
    if (!PyArg_ParseTuple(args, "O!O!O!K", core_state_of(module)->engine, &engine, &PyBytes_Type, &digests, &PyBytes_Type, &ends, &first))
        return NULL;
    isnad_engine *entered = core_engine_enter(engine);
    isnad_stories *stories = entered ? stories_of(entered, digests, ends, &n) : NULL;
    column a = {0}, b = {0}, odds = {0}, topic = {0};
    if (stories) {
        isnad_status status;
        bool good = true;
        Py_BEGIN_ALLOW_THREADS
        status = isnad_stories_pairs(stories, (size_t)first, 1, &pairs, &n_pairs, &err);
        for (size_t i = 0; status == ISNAD_OK && good && i < n_pairs; i++)
            good = append(&a, &pairs[i].a, 4) && append(&b, &pairs[i].b, 4) && append(&odds, &pairs[i].odds, 4) &&
                   append(&topic, &pairs[i].topic, 4);
        Py_END_ALLOW_THREADS
        if (status != ISNAD_OK)
            core_raise(&err);
        else if (!good)
            PyErr_NoMemory();
        else
            out = Py_BuildValue("NNNN", take(&a), take(&b), take(&odds), take(&topic));
        isnad_stories_free(stories);
    }
    free(a.p);
    free(b.p);
    free(odds.p);
    free(topic.p);
    if (entered)
        core_engine_leave(engine);
    return out;
}

/* What was made: for each article its story, place and origin, for each join its story, number, articles, odds. */
static bool put_stories(const isnad_stories *stories, size_t n, column members[3], column joins[5])
{
    uint32_t *of = malloc((3 * n + 1) * sizeof *of);
    bool good = of != NULL;
    for (size_t s = 0; good && s < isnad_stories_count(stories); s++) {
        isnad_story story;
        good = isnad_stories_at(stories, s, &story, NULL) == ISNAD_OK;
        for (size_t k = 0; good && k < story.n; k++) {
            of[story.articles[k]] = (uint32_t)s;
            of[n + story.articles[k]] = (uint32_t)k;
            of[2 * n + story.articles[k]] = story.origins[k];
        }
        for (size_t k = 0; good && k + 1 < story.n; k++) {
            isnad_pair pair;
            uint32_t story_number = (uint32_t)s, number = (uint32_t)k;
            good = isnad_stories_join(stories, s, k, &pair, NULL) == ISNAD_OK && append(&joins[0], &story_number, 4) &&
                   append(&joins[1], &number, 4) && append(&joins[2], &pair.a, 4) && append(&joins[3], &pair.b, 4) &&
                   append(&joins[4], &pair.odds, 4);
        }
    }
    for (size_t i = 0; good && i < 3; i++)
        good = append(&members[i], of + i * n, n * sizeof *of);
    free(of);
    return good;
}

static isnad_pair *take_pairs(PyObject *const columns[4], size_t *n)
{
    char *p[4];
    Py_ssize_t size[4];
    for (size_t i = 0; i < 4; i++)
        if (PyBytes_AsStringAndSize(columns[i], &p[i], &size[i]) < 0)
            return NULL;
    *n = (size_t)size[0] / 4;
    for (size_t i = 0; i < 4; i++)
        if ((size_t)size[i] != *n * 4)
            return core_fail(ISNAD_E_ARGUMENT, "columns of pairs differ in length"), NULL;
    isnad_pair *pairs = malloc((*n + 1) * sizeof *pairs);
    for (size_t i = 0; pairs && i < *n; i++) {
        memcpy(&pairs[i].a, p[0] + 4 * i, 4);
        memcpy(&pairs[i].b, p[1] + 4 * i, 4);
        memcpy(&pairs[i].odds, p[2] + 4 * i, 4);
        memcpy(&pairs[i].topic, p[3] + 4 * i, 4);
    }
    if (!pairs)
        PyErr_NoMemory();
    return pairs;
}

/*
 * stories_of_part(engine, digests, ends, a, b, odds, topic) -> ((story, place, origin), (story, number, a, b, odds)): buffers of uint32 and
 * float32, the first three an element for each article.
 */
PyObject *core_stories_of_part(PyObject *module, PyObject *args)
{
    PyObject *engine, *digests, *ends, *columns[4], *out = NULL;
    size_t n = 0, n_pairs = 0;
    isnad_error err = {0};
    if (!PyArg_ParseTuple(args, "O!O!O!O!O!O!O!", core_state_of(module)->engine, &engine, &PyBytes_Type, &digests, &PyBytes_Type, &ends,
                          &PyBytes_Type, &columns[0], &PyBytes_Type, &columns[1], &PyBytes_Type, &columns[2], &PyBytes_Type, &columns[3]))
        return NULL;
    column members[3] = {{0}}, joins[5] = {{0}};
    isnad_pair *pairs = take_pairs(columns, &n_pairs);
    isnad_engine *entered = pairs ? core_engine_enter(engine) : NULL;
    isnad_stories *stories = entered ? stories_of(entered, digests, ends, &n) : NULL;
    if (stories) {
        isnad_status status;
        bool good = false;
        Py_BEGIN_ALLOW_THREADS
        status = isnad_stories_make_from(stories, pairs, n_pairs, &err);
        if (status == ISNAD_OK)
            good = put_stories(stories, n, members, joins);
        Py_END_ALLOW_THREADS
        if (status != ISNAD_OK)
            core_raise(&err);
        else if (!good)
            PyErr_NoMemory();
        else
            out = Py_BuildValue("((NNN)(NNNNN))", take(&members[0]), take(&members[1]), take(&members[2]), take(&joins[0]),
                                take(&joins[1]), take(&joins[2]), take(&joins[3]), take(&joins[4]));
        isnad_stories_free(stories);
    }
    for (size_t i = 0; i < 3; i++)
        free(members[i].p);
    for (size_t i = 0; i < 5; i++)
        free(joins[i].p);
    free(pairs);
    if (entered)
        core_engine_leave(engine);
    return out;
}

/* connect(a, b, n) -> for each of n nodes the least one that the edges a-b (uint32) connect it with. */
PyObject *core_connect(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *left, *right;
    char *p[2];
    Py_ssize_t size[2];
    unsigned long long n;
    if (!PyArg_ParseTuple(args, "O!O!K", &PyBytes_Type, &left, &PyBytes_Type, &right, &n) || PyBytes_AsStringAndSize(left, &p[0], &size[0]) < 0 ||
        PyBytes_AsStringAndSize(right, &p[1], &size[1]) < 0)
        return NULL;
    if (size[0] != size[1] || n > UINT32_MAX)
        return core_fail(ISNAD_E_ARGUMENT, "columns of edges differ in length");
    uint32_t *least = malloc(((size_t)n + 1) * sizeof *least);
    if (!least)
        return PyErr_NoMemory();
    bool good = true;
    Py_BEGIN_ALLOW_THREADS
    for (uint32_t i = 0; i < n; i++)
        least[i] = i;
    for (size_t i = 0; good && i < (size_t)size[0] / 4; i++) {
        uint32_t end[2];
        for (size_t side = 0; side < 2; side++) {
            memcpy(&end[side], p[side] + 4 * i, 4);
            for (good = good && end[side] < n; good && least[end[side]] != end[side];)
                end[side] = least[end[side]] = least[least[end[side]]];
        }
        if (good && end[0] != end[1])
            least[end[0] > end[1] ? end[0] : end[1]] = end[0] < end[1] ? end[0] : end[1];
    }
    for (uint32_t i = 0; good && i < n; i++)
        least[i] = least[least[i]]; /* what stands before it is done already */
    Py_END_ALLOW_THREADS
    PyObject *out = good ? PyBytes_FromStringAndSize((char *)least, (Py_ssize_t)(n * sizeof *least))
                         : core_fail(ISNAD_E_ARGUMENT, "an edge leads to no node");
    free(least);
    return out;
}
