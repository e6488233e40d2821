nobase_dist_pkgdata_DATA += \
	patterns/concepts.yaml \
	patterns/foreign.yaml \
	patterns/near.yaml \
	patterns/uncovered.yaml \
	patterns/words.yaml
