/* Words that options and commands take: what is accepted, completed, suggested and listed comes from here. */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

#include <stdbool.h>
#include <stddef.h>

enum words {
    WORDS_NONE, /* free text */
    WORDS_FILE,
    WORDS_INPUT,      /* files and folders to read */
    WORDS_RULE,       /* one rule */
    WORDS_RULES,      /* rules and groups of them, with commas between them */
    WORDS_RULE_LEVEL, /* RULE=LEVEL */
    WORDS_LEVEL,
    WORDS_LIMIT,  /* a level or "never" */
    WORDS_REPORT, /* FORMAT[:PATH] */
    WORDS_FORMAT,
    WORDS_WRITER,
    WORDS_COLOR,
    WORDS_SHELL,
    WORDS_KIND, /* of plug-ins */
    WORDS_COMMAND,
    WORDS_STATE, /* a level or "off" */
    WORDS_SCHEMA,
    WORDS_GROUP, /* of rules */
    WORDS_PROFILE,
    WORDS_VISIBILITY,    /* of a scan */
    WORDS_BODIES,        /* that a report keeps */
    WORDS_ROWS,          /* beside numbers */
    WORDS_CUSTOM,        /* members that a report keeps */
    WORDS_MODE,          /* of redaction */
    WORDS_REDACT_BODIES, /* what becomes of bodies there */
    WORDS_COUNT
};

/* The word at `index`, NULL behind the last one. *summary (which may be NULL) becomes a few words about it, or NULL. */
const char *words_at(enum words words, size_t index, const char **summary);

/* Whether `word` is one of them; *index (which may be NULL) says which. */
bool words_find(enum words words, const char *word, size_t *index);

/* What one such word is called in messages: "rule", "level". */
const char *words_name(enum words words);

/* Complains that `word` is no such word, with a suggestion or the list of what there is. */
void words_complain(enum words words, const char *word);

#endif
