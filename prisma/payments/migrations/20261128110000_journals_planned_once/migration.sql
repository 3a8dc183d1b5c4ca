-- A plan for each value of its arrays took longer than posting by it: all that it reads, it reads by key.
ALTER FUNCTION post_journals SET plan_cache_mode = force_generic_plan;
