dist_man_MANS += bot/dist/careerbot-pack.5 bot/dist/careerbot-settings.5 \
	bot/dist/careerbot-xmpp.7
dist_doc_DATA += bot/dist/settings.yaml

# Its face. The picture is made from the drawing, which says how; so few have what that takes that
# both are kept.
dist_pkgdata_DATA = bot/dist/picture.png
EXTRA_DIST += bot/dist/picture.svg

# Where things are is known only now: configure leaves $(prefix) in the paths.
man_MANS = bot/dist/careerbot.1
EXTRA_DIST += bot/dist/careerbot.1.in
CLEANFILES += $(man_MANS)
bot/dist/careerbot.1: bot/dist/careerbot.1.in Makefile
	$(AM_V_GEN)$(MKDIR_P) bot/dist && \
	sed -e 's|@PACKAGE_VERSION[@]|$(PACKAGE_VERSION)|g' -e 's|@sysconfdir[@]|$(sysconfdir)|g' \
		-e 's|@pkgdatadir[@]|$(pkgdatadir)|g' -e 's|@docdir[@]|$(docdir)|g' \
		$(top_srcdir)/bot/dist/careerbot.1.in >$@.tmp && mv $@.tmp $@
