/* A redaction: what one run learns and the next one replaces. */
#include "redact/redaction.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "json/text.h"
#include "json/tree.h"
#include "redact/account.h"
#include "util/polyhash.h"
#include "util/url.h"

/* An input that was learned from its first to its last byte. */
struct learned {
    uint64_t hash, len;
};

struct har_redaction {
    struct har_redact_rules *own_rules; /* when the caller has none */
    struct har_settings *own_settings;
    const struct har_settings *settings;
    struct redact_engine engine;
    struct redact_walk walk;
    struct redact_account account;
    struct har_redact_totals totals;
    struct har_buffer text;      /* a pointer, a host */
    bool learning, counting;     /* in this run */
    uint64_t learned_runs, runs; /* each input is counted once, however often it is read */
    uint64_t point;              /* of the hashes */
    struct polyhash input;
    struct learned *learned;
    size_t learned_count, learned_cap;
    bool changed;            /* the last item */
    bool again;              /* the same item comes once more */
    uint64_t left;           /* places of this run's items that still hold a secret */
    struct har_error failed; /* why learning had to end */
    redact_found_fn *found;  /* of who looks for secrets only */
    void *found_user;
};

static void note_found(void *user, const struct har_item *item, const struct har_node *node, bool key, const char *place,
                       struct har_text text, const struct redact_edits *edits);

enum har_status har_redaction_new(struct har_redaction **result, const struct har_redact_rules *rules,
                                  const struct har_redact_options *options, const struct har_settings *settings,
                                  struct har_error *error)
{
    struct har_redaction *redaction = *result = calloc(1, sizeof *redaction);
    const struct har_redact_options none = {.size = sizeof none};
    enum har_status status = HAR_OK;
    if (!redaction)
        return har_error_memory(error);
    if (!rules)
        status = har_redact_rules_new(&redaction->own_rules, error);
    if (!settings)
        settings = redaction->own_settings = har_settings_new();
    if (status == HAR_OK && !settings)
        status = har_error_memory(error);
    if (!options)
        options = &none;
    redaction->settings = settings;
    redaction->point = polyhash_point();
    har_buffer_init_private(&redaction->text, SIZE_MAX / 2);
    struct redact_engine *engine = &redaction->engine;
    engine->rules = rules ? rules : redaction->own_rules;
    engine->options = *options;
    engine->options.key = (struct har_text){"", 0};
    if (status == HAR_OK && !(engine->dictionary = redact_dictionary_new(settings, options->key)))
        status = har_error_memory(error);
    if (status == HAR_OK && !(engine->matcher = redact_matcher_new(engine->rules, options->pii, error)))
        status = HAR_FATAL;
    if (status == HAR_OK)
        redaction->walk = (struct redact_walk){.engine = engine,
                                               .user = redaction,
                                               .tree_bytes = har_settings_bound(settings, HAR_BOUND_TREE_BYTES),
                                               .item_bytes = har_settings_bound(settings, HAR_BOUND_ITEM_BYTES)};
    if (status != HAR_OK) {
        har_redaction_free(redaction);
        *result = NULL;
    }
    return status;
}

void har_redaction_free(struct har_redaction *redaction)
{
    if (!redaction)
        return;
    redact_walk_release(&redaction->walk);
    redact_engine_release(&redaction->engine);
    redact_dictionary_free(redaction->engine.dictionary);
    redact_account_release(&redaction->account);
    har_buffer_release(&redaction->text);
    free(redaction->learned);
    har_redact_rules_free(redaction->own_rules);
    har_settings_free(redaction->own_settings);
    free(redaction);
}

/* ---- the account */

/* Names of members may be secrets, too: the pointer is redacted like any text. NULL when memory is short. */
static char *pointer_of(struct har_redaction *redaction, const struct har_item *item, const struct har_node *node, bool key)
{
    struct har_buffer plain, clean;
    char *pointer = NULL;
    har_buffer_init_private(&plain, SIZE_MAX / 2);
    har_buffer_init(&clean, SIZE_MAX / 2);
    if (redact_pointer(item, node, key, &plain) &&
        har_redaction_text(redaction, (struct har_text){plain.data ? plain.data : "", plain.len}, &clean))
        pointer = strndup(clean.data ? clean.data : "", clean.len);
    har_buffer_release(&plain);
    har_buffer_release(&clean);
    return pointer;
}

static struct har_text token_of(const struct redact_edits *edits, const struct redact_edit *edit)
{
    const struct har_text text = {edits->texts.data + edit->by, edit->by_len};
    return edit->by_len && redact_is_token(text) ? text : (struct har_text){"", 0};
}

static void note_edit(struct har_redaction *redaction, const struct har_item *item, const struct har_node *node, bool key,
                      const char *place, const struct redact_edits *edits, const struct redact_edit *edit)
{
    struct redact_account *account = &redaction->account;
    const struct har_text token = token_of(edits, edit);
    bool fresh = false;
    struct redact_row *row =
        redact_account_row(account, redaction_rule(redaction, edit->rule), edit->propagated, place ? place : "", &fresh);
    if (!row)
        return;
    row->values++;
    account->values++;
    account->propagated += edit->propagated;
    if (fresh) {
        row->token = strndup(token.bytes, token.len);
        row->pointer = pointer_of(redaction, item, node, key);
        account->failed |= !row->token || !row->pointer;
    } else if (row->token && *row->token && (strlen(row->token) != token.len || memcmp(row->token, token.bytes, token.len) != 0)) {
        *row->token = '\0';
    }
}

/* A redact_found_fn. */
static void note_found(void *user, const struct har_item *item, const struct har_node *node, bool key, const char *place,
                       struct har_text text, const struct redact_edits *edits)
{
    struct har_redaction *redaction = user;
    for (size_t i = 0; i < edits->count; i++)
        note_edit(redaction, item, node, key, place, edits, &edits->edit[i]);
    if (redaction->found)
        redaction->found(redaction->found_user, item, node, key, place, text, edits);
}

static enum har_status account_status(const struct har_redaction *redaction, struct har_error *error)
{
    return redaction->account.failed ? har_error_memory(error) : HAR_OK;
}

void har_redaction_totals(const struct har_redaction *redaction, struct har_redact_totals *totals)
{
    const struct redact_dictionary_totals learned = redact_dictionary_totals(redaction->engine.dictionary);
    struct har_redact_totals all = redaction->totals;
    all.size = totals->size < sizeof all ? totals->size : sizeof all;
    all.secrets = learned.secrets;
    all.short_ones = learned.short_ones;
    all.values = redaction->account.values;
    all.propagated = redaction->account.propagated;
    memcpy(totals, &all, all.size);
}

bool har_redaction_count(const struct har_redaction *redaction, size_t index, struct har_redact_count *count)
{
    if (index >= redaction->account.count)
        return false;
    const struct redact_row *row = &redaction->account.row[index];
    const struct har_redact_count all = {.size = count->size < sizeof all ? count->size : sizeof all,
                                         .rule = row->propagated ? "propagated" : row->rule->id,
                                         .kind = row->rule->kind,
                                         .place = row->place,
                                         .values = row->values,
                                         .pointer = row->pointer ? row->pointer : "",
                                         .token = row->token ? row->token : ""};
    memcpy(count, &all, all.size);
    return true;
}

const char *redaction_mode(const struct har_redaction *redaction)
{
    return redaction->engine.options.mode == HAR_REDACT_STRICT ? "strict" : "default";
}

bool redaction_has_own_rules(const struct har_redaction *redaction)
{
    return !redaction->own_rules;
}

const struct redact_rule *redaction_rule(const struct har_redaction *redaction, uint16_t rule)
{
    return redact_rule(redaction->engine.rules, rule == REDACT_NO_RULE ? REDACT_RULE_PROPAGATED : rule);
}

/* ---- runs */

enum har_status redaction_seal(struct har_redaction *redaction, struct har_error *error)
{
    if (!redaction->learned_runs)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "what is redacted has to be learned first");
    if (redact_sealed(redaction->engine.dictionary))
        return HAR_OK;
    redaction->walk.strings = redaction->walk.bodies = redaction->walk.unsearched = 0;
    redaction->engine.suspicious = 0;
    return redact_seal(redaction->engine.dictionary, error);
}

enum har_status redaction_begin(struct har_redaction *redaction, struct har_error *error)
{
    polyhash_init(&redaction->input, redaction->point);
    redaction->left = 0;
    if (redaction->learning)
        return HAR_OK;
    redaction->counting = redaction->runs++ < redaction->learned_runs;
    return redaction_seal(redaction, error);
}

bool redaction_learns(const struct har_redaction *redaction)
{
    return redaction->learning;
}

void redaction_input(struct har_redaction *redaction, const void *bytes, size_t len)
{
    polyhash_add(&redaction->input, bytes, len);
}

/* What the walk counted since `before`, which it is set back to: a second look is not counted. */
static void take_counts(struct har_redaction *redaction, bool count)
{
    struct redact_walk *walk = &redaction->walk;
    struct har_redact_totals *totals = &redaction->totals;
    if (count) {
        totals->strings += walk->strings;
        totals->bodies += walk->bodies;
        totals->unsearched += walk->unsearched;
        totals->suspicious += redaction->engine.suspicious;
    }
    walk->strings = walk->bodies = walk->unsearched = 0;
    redaction->engine.suspicious = 0;
}

/* What was replaced may let something be found that was not before, as where a value ends is told by what it looks like: the item
 * is looked at again until nothing is found, in the last rounds with whole texts replaced. */
enum har_status redaction_item(struct har_redaction *redaction, struct har_item *item, struct har_error *error)
{
    enum { ROUNDS = 5, ROUNDS_IN_PARTS = 3 };
    struct redact_walk *walk = &redaction->walk;
    enum har_status status = HAR_OK;
    uint64_t left = 1;
    for (unsigned round = 0; round < ROUNDS && left && status == HAR_OK; round++) {
        walk->found = redaction->counting ? note_found : NULL;
        walk->whole = round >= ROUNDS_IN_PARTS;
        status = redact_walk_item(walk, item, error);
        redaction->changed = walk->changed || (round && redaction->changed);
        take_counts(redaction, redaction->counting && !round && !redaction->again);
        walk->found = NULL;
        walk->whole = false;
        left = walk->left;
        if (status == HAR_OK && !left && walk->unproven) {
            status = redact_walk_prove(walk, item, &left, error);
            take_counts(redaction, false);
        }
    }
    redaction->left += left;
    return status == HAR_OK ? account_status(redaction, error) : status;
}

void redaction_again(struct har_redaction *redaction, bool again)
{
    redaction->again = again;
}

bool redaction_changed(const struct har_redaction *redaction)
{
    return redaction->changed;
}

static bool add_learned(struct har_redaction *redaction, struct learned learned)
{
    if (redaction->learned_count == redaction->learned_cap) {
        const size_t cap = redaction->learned_cap ? redaction->learned_cap * 2 : 8;
        struct learned *grown = reallocarray(redaction->learned, cap, sizeof *grown);
        if (!grown)
            return false;
        redaction->learned = grown;
        redaction->learned_cap = cap;
    }
    redaction->learned[redaction->learned_count++] = learned;
    return true;
}

/* Those that were learned last are written last: the search begins where the last one ended. */
static bool was_learned(const struct har_redaction *redaction, struct learned input)
{
    const size_t count = redaction->learned_count, from = count ? (size_t)((redaction->runs - 1) % count) : 0;
    for (size_t i = 0; i < count; i++) {
        const struct learned *learned = &redaction->learned[(from + i) % count];
        if (learned->hash == input.hash && learned->len == input.len)
            return true;
    }
    return false;
}

enum har_status redaction_finish(struct har_redaction *redaction, struct har_error *error)
{
    const struct learned input = {polyhash_value(&redaction->input), redaction->input.len};
    const struct har_redact_totals *totals = &redaction->totals;
    if (redaction->learning)
        return add_learned(redaction, input) ? HAR_OK : har_error_memory(error);
    if (!was_learned(redaction, input))
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_SYSTEM, 0, "changed while it was read: nothing was written");
    if (redaction->left)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_PROOF, 0,
                             "%" PRIu64 " place%s still hold%s a secret: nothing was written", redaction->left,
                             redaction->left == 1 ? "" : "s", redaction->left == 1 ? "s" : "");
    if (totals->unsearched && !redaction->engine.options.allow_unsearched)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_PROOF, 0,
                             "%" PRIu64 " of %" PRIu64 " bodies could not be searched: nothing was written; --check tells which, "
                             "--redact-bodies drop leaves all bodies out, --allow-unsearched keeps these as they are",
                             totals->unsearched, totals->bodies > totals->unsearched ? totals->bodies : totals->unsearched);
    return HAR_OK;
}

struct redact_proof *redaction_proof(const struct har_redaction *redaction)
{
    return redact_proof_new(redaction->engine.dictionary);
}

enum har_status redaction_proven(struct har_redaction *redaction, struct redact_proof *proof, bool counts, struct har_error *error)
{
    const uint64_t left = redact_proof_end(proof);
    if (left)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_PROOF, 0,
                             "%" PRIu64 " place%s of the output still hold%s a secret: nothing was written", left,
                             left == 1 ? "" : "s", left == 1 ? "s" : "");
    redaction->totals.proven += counts ? redact_proof_bytes(proof) : 0;
    return HAR_OK;
}

/* ---- learning */

/* The host of an entry's address is no secret, whatever else has the same letters. */
static enum har_status learn_host(struct har_redaction *redaction, const struct har_item *item, struct har_error *error)
{
    const struct har_node *request = har_node_member(item->tree, har_tree_root(item->tree), "request");
    const struct har_node *url = har_node_member(item->tree, request, "url");
    if (!url || har_node_kind(url) != HAR_KIND_STRING)
        return HAR_OK;
    har_buffer_clear(&redaction->text);
    if (!har_node_decode(item->tree, url, &redaction->text))
        return har_error_memory(error);
    const struct har_text address = {redaction->text.data ? redaction->text.data : "", redaction->text.len};
    const struct har_text host = url_named_host(address);
    return !host.len || redact_learn_host(redaction->engine.dictionary, host) ? HAR_OK : har_error_memory(error);
}

static enum har_status open_learner(void *ctx, const struct har_writer_args *args, struct har_error *error)
{
    (void)error;
    *(struct har_redaction **)ctx = args->user;
    return HAR_OK;
}

/* A bound must not be taken for one of a writer's, which would be a finding. */
static enum har_status item_learner(void *ctx, const struct har_item *item, struct har_error *error)
{
    struct har_redaction *redaction = *(struct har_redaction **)ctx;
    struct har_item own = *item;
    if (!item->tree || redaction->failed.domain)
        return HAR_OK;
    enum har_status status = item->kind == HAR_ITEM_ENTRY ? learn_host(redaction, item, error) : HAR_OK;
    if (status == HAR_OK)
        status = redact_walk_item(&redaction->walk, &own, error);
    if (status != HAR_FATAL)
        return HAR_OK;
    redaction->failed = *error;
    return HAR_FATAL;
}

static enum har_status finish_learner(void *ctx, struct har_error *error)
{
    (void)ctx;
    (void)error;
    return HAR_OK;
}

static void close_learner(void *ctx)
{
    (void)ctx;
}

static const struct har_writer learner = {.size = sizeof(struct har_writer),
                                          .name = "learn",
                                          .summary = "secrets, into memory",
                                          .ctx_size = sizeof(struct har_redaction *),
                                          .open = open_learner,
                                          .item = item_learner,
                                          .finish = finish_learner,
                                          .close = close_learner};

/* The transforms up to where entries are chosen: what is left out of the output is learned, too. To be freed; NULL when memory is
 * short. */
static const struct har_transform **first_transforms(const struct har_transform *const *all)
{
    size_t count = 0;
    while (all && all[count])
        count++;
    const struct har_transform **first = calloc(count + 1, sizeof *first);
    for (size_t i = 0; first && i < count && strcmp(all[i]->name, "filter") != 0; i++)
        first[i] = all[i];
    return first;
}

enum har_status har_redaction_learn(struct har_redaction *redaction, const struct har_job *job, struct har_error *error)
{
    struct har_error unread = {0};
    struct har_job own = *job;
    struct har_summary summary;
    const struct har_output output = {.writer = &learner, .user = redaction};
    if (redact_sealed(redaction->engine.dictionary))
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "nothing more can be learned once something was written");
    const struct har_transform **first = first_transforms(job->transforms);
    if (!first)
        return har_error_memory(error);
    own.transforms = first;
    own.outputs = &output;
    own.output_count = 1;
    own.on_finding = NULL;
    own.wants = NULL;
    own.on_item = NULL;
    own.known = NULL;
    own.noted = NULL;
    own.opens_in = NULL;
    own.dedupe = NULL;
    own.compare = false;
    own.blind = true;
    own.redaction = redaction;
    own.secrets = NULL;
    redaction->learning = true;
    redaction->failed = (struct har_error){0};
    redaction->learned_runs++;
    redaction->walk.found = NULL;
    enum har_status status = har_convert(&own, &summary, error ? error : &unread);
    redaction->learning = false;
    free(first);
    if (!redaction->failed.domain)
        return status;
    if (error)
        *error = redaction->failed;
    return HAR_FATAL;
}

/* ---- only looking */

enum har_status redaction_find(struct har_redaction *redaction, const struct har_item *item, redact_found_fn *found, void *user,
                               uint64_t *unsearched, struct har_error *error)
{
    struct redact_walk *walk = &redaction->walk;
    struct har_item own = *item;
    redaction->engine.finding = true;
    redaction->found = found;
    redaction->found_user = user;
    walk->found = note_found;
    const enum har_status status = redact_walk_item(walk, &own, error);
    *unsearched = walk->unsearched;
    take_counts(redaction, true);
    walk->found = NULL;
    redaction->found = NULL;
    return status == HAR_FATAL ? status : account_status(redaction, error);
}

struct redact_engine *redaction_engine(struct har_redaction *redaction)
{
    return &redaction->engine;
}
