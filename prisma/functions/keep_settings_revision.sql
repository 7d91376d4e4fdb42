-- What a setting said before, and until when.
CREATE OR REPLACE FUNCTION keep_settings_revision() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO "SettingsRevision" (key, value, written_at)
    VALUES (OLD.key, OLD.value, OLD.updated_at);
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER keep_settings_revision AFTER UPDATE OR DELETE ON "Settings"
  FOR EACH ROW EXECUTE FUNCTION keep_settings_revision();
