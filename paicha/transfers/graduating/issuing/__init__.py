"""成批开介绍信: who of a cohort can be given a letter today, what the others still lack, one transaction for all."""
