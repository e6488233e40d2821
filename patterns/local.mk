nobase_dist_pkgdata_DATA += \
	patterns/basics.yaml \
	patterns/bot.yaml \
	patterns/concepts.yaml \
	patterns/decide.yaml \
	patterns/foreign.yaml \
	patterns/jobs.yaml \
	patterns/lent.yaml \
	patterns/near.yaml \
	patterns/qualifications.yaml \
	patterns/reasons.yaml \
	patterns/salary.yaml \
	patterns/skills.yaml \
	patterns/traits.yaml \
	patterns/uncovered.yaml \
	patterns/words.yaml
