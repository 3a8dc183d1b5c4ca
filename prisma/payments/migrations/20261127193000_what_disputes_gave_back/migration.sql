-- Of what went back of a shipment a part may be by decisions of disputes.

-- AlterTable
ALTER TABLE "escrows" ADD COLUMN "conceded" BIGINT NOT NULL DEFAULT 0;

-- A decision is written before what goes back by it, in one transaction.
ALTER TABLE escrows ADD CONSTRAINT escrows_conceded_some_of_it CHECK (conceded BETWEEN 0 AND amount);
