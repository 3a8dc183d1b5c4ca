-- What buyers send back comes in by movements that name its return.

-- AlterTable
ALTER TABLE "movements" ADD COLUMN "return_id" TEXT;

-- What the auditor sees: of each return, what came back of a variant, and what of that was written off.
CREATE VIEW "audit_return" AS
SELECT "return_id", "variant_id",
       coalesce(sum("delta") FILTER (WHERE "kind" = 'RETURN'), 0)::bigint AS "returned",
       coalesce(-sum("delta") FILTER (WHERE "kind" = 'WRITE_OFF'), 0)::bigint AS "written_off"
FROM "movements" WHERE "return_id" IS NOT NULL
GROUP BY "return_id", "variant_id";

GRANT SELECT ON "audit_return" TO "emporium_auditor";
REVOKE ALL ON "audit_return" FROM "emporium_inventory";
