-- SUPPORT reads what helping a buyer takes, and changes nothing.
ALTER TABLE "users" DROP CONSTRAINT "users_roles_are_known",
  ADD CONSTRAINT "users_roles_are_known" CHECK ("roles" IS NOT NULL AND "roles" <@ ARRAY['BUYER', 'SELLER', 'SUPPORT', 'ADMIN']);
