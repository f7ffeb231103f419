// Stands in this browser's storage from signing in until the session has ended, as scripts cannot see its
// cookie. Without it nobody asks the server, which answers 401 to whoever only comes to sign in.
export const sessionMark = { name: "parley.session", value: "yes" } as const;
