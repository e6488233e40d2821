/* banned.h - calls that must not compile in this tree.
 *
 * Each has a safer stand-in: buf_add*() and snprintf() for text, strtol() or
 * the settings' typed readers for numbers, gmtime_r() for time, chance.h for
 * chance. Included by base.h, hence by everything.
 */
#ifndef BOT_BANNED_H
#define BOT_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BANNED(call) sorry_##call##_is_banned

#undef strcpy
#define strcpy(a, b) BANNED(strcpy)
#undef strcat
#define strcat(a, b) BANNED(strcat)
#undef strncpy
#define strncpy(a, b, n) BANNED(strncpy)
#undef strncat
#define strncat(a, b, n) BANNED(strncat)
#undef sprintf
#define sprintf(...) BANNED(sprintf)
#undef vsprintf
#define vsprintf(...) BANNED(vsprintf)
#undef strtok
#define strtok(a, b) BANNED(strtok)
#undef atoi
#define atoi(a) BANNED(atoi)
#undef gmtime
#define gmtime(a) BANNED(gmtime)
#undef localtime
#define localtime(a) BANNED(localtime)
#undef rand
#define rand() BANNED(rand)

#endif
