// Who is signed in: asked once at the start, where a mark says that somebody may be, and told by any call
// that is refused.
import { signal } from "@preact/signals";
import { ApiError, api, asApiError, onSignedOut, setCsrf } from "@/api/client";
import { forgetAll } from "@/api/query";
import { sessionMark } from "@/lib/session_mark";

export type SessionState = "asking" | "unreachable" | "out" | "in";

export const session = signal<SessionState>("asking");
export const signInFailure = signal<ApiError | undefined>(undefined);

interface SessionAnswer {
  csrf: string;
  expires_at: string;
  position: number;
}

// The event log's last when the session began here: whatever was read since is at least as new.
export let startPosition = 0;

function begin(answer: SessionAnswer): void {
  setCsrf(answer.csrf);
  localStorage.setItem(sessionMark.name, sessionMark.value);
  signInFailure.value = undefined;
  startPosition = answer.position;
  session.value = "in";
}

function end(): void {
  setCsrf("");
  localStorage.removeItem(sessionMark.name);
  forgetAll();
  session.value = "out";
}

onSignedOut(() => {
  if (session.value !== "in") return;
  end();
  signInFailure.value = new ApiError(401, "ended", "The session has ended. Sign in again.");
});

// The token of a sign-in link stands behind the #, which no server and no log sees. It leaves the
// address, and so the browser's history, before anything else is done.
function takeTokenFromAddress(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (location.hash) history.replaceState(history.state, "", location.pathname + location.search);
  return token ?? undefined;
}

export async function signIn(token: string): Promise<void> {
  try {
    begin(await api.post<SessionAnswer>("/session", { token: token.trim() }));
  } catch (error) {
    signInFailure.value = asApiError(error);
    if (session.value !== "in") session.value = "out";
  }
}

async function ask(): Promise<void> {
  if (localStorage.getItem(sessionMark.name) !== sessionMark.value) return end();
  try {
    begin(await api.get<SessionAnswer>("/session"));
  } catch (error) {
    const told = asApiError(error);
    if (told.unreachable) {
      session.value = "unreachable";
      setTimeout(ask, 2000);
      return;
    }
    if (told.status === 401) return end();
    signInFailure.value = told;
    session.value = "out";
  }
}

export async function startSession(): Promise<void> {
  const token = takeTokenFromAddress();
  await (token ? signIn(token) : ask());
  addEventListener("hashchange", () => {
    const later = takeTokenFromAddress();
    if (later) void signIn(later);
  });
}

export async function signOut(): Promise<void> {
  await api.delete("/session").catch(() => undefined);
  end();
}
