"""What HR does with a referral under the discipline policy: kept apart from the case behind it."""
