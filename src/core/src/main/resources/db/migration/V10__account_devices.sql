-- Browser and system as a session's User-Agent named them, for people to tell their sessions apart.
alter table session add column browser text;
alter table session add column platform text;
