/** The client is built once and served as files: every page is made in the browser. */
export const ssr = false;
