-- What a project is called in the secret store, where that is not its name.
ALTER TABLE projects ADD COLUMN secrets_project TEXT;
