/* Credentials of the Cloudflare URL Scanner: from a file or the environment, and kept from everybody else. */
#ifndef CLI_SECRETS_H
#define CLI_SECRETS_H

#include "cli/cli.h"

enum { SECRET_MOST = 4096 };

/* Either a token, or e-mail address and key; "" for what is not there. */
struct secrets {
    char token[SECRET_MOST + 1], email[SECRET_MOST + 1], key[SECRET_MOST + 1];
};

/* Fills *secrets from --token-file, or the environment, where their variables are then blank and gone: no child and no
 * /proc/PID/environ shows them. EXIT_DONE, or what is wrong was told, by its source and never by its value. Wipe in any case. */
enum exit_status secrets_read(struct secrets *secrets, const struct options *options);
void secrets_wipe(struct secrets *secrets);

/* Before the first secret is read: no core is dumped, and no other process of the user reads the memory of this one. Returns
 * whether that was possible before: secrets_unguard() allows it again, once no secret is left. Cores stay off. */
bool secrets_guard(void);
void secrets_unguard(void);

#endif
