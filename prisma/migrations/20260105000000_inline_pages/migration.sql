-- How many pages one execution reads itself; a document of more goes through a distributed map.

UPDATE "Settings" SET value = '{"inlinePages": 200}' || value WHERE key = 'split.limits';
