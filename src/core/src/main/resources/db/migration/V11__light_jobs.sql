-- Places for jobs that need little of a processor, beside those that encode.
CREATE TABLE pool_light (LIKE pool_probe INCLUDING ALL);
