"""第24条: the audit of units for a time, planned by 監査責任者 and approved by 総括保護管理者."""
