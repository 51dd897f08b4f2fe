/** The job that reads an account's templates from Meta; its id is the account's. */
export const SYNC_TEMPLATES = 'sync_templates';
