SET LOCAL lock_timeout = '5s';

UPDATE "Settings" SET value = '{
  "maxBytes": 104857600,
  "maxPages": 1000,
  "inlinePages": 50,
  "maxPixels": 60000000,
  "renderDpi": 200
}'
  WHERE key = 'split.limits' AND value = '{
    "maxBytes": 104857600,
    "maxPages": 1000,
    "maxPixels": 60000000,
    "renderDpi": 200,
    "inlinePages": 200
}';
