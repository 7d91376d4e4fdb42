UPDATE "Settings" SET value = '{
  "provider": "offline",
  "model": "ppocr-v6"
}'
  WHERE key = 'model' AND value = '{
    "model": "ppocr-v4",
    "provider": "offline"
}';
