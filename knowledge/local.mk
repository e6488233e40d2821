nobase_dist_pkgdata_DATA += \
	knowledge/basics.yaml \
	knowledge/bot.yaml \
	knowledge/jobs.yaml \
	knowledge/lent.yaml \
	knowledge/qualifications.yaml \
	knowledge/reasons.yaml \
	knowledge/salary.yaml \
	knowledge/skills.yaml \
	knowledge/traits.yaml \
	knowledge/voice.yaml
