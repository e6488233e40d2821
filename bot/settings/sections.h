/* sections.h - which settings there are, and what each accepts.
 *
 * Layer: settings, for this folder and its tests. Source:
 * careerbot-settings(5), which a test holds against these tables.
 */
#ifndef BOT_SECTIONS_H
#define BOT_SECTIONS_H

#include "reading.h"

extern const struct section section_settings; /* the whole file: into a struct settings */
extern const struct section section_account, section_room, section_rate, section_bucket,
	section_profile, section_journal;

#endif
