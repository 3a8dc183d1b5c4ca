-- What the auditor may see: what goes back to buyers, and whether it has.
CREATE VIEW audit_refund AS
  SELECT id AS refund_id, order_id, amount AS amount_minor, currency, settled_at IS NOT NULL AS settled FROM refunds;

GRANT SELECT ON audit_refund TO emporium_auditor;
REVOKE ALL ON audit_refund FROM emporium_payments;
