import { useEffect } from "preact/hooks";
import { signIn, signInFailure } from "@/state/session";
import { Form, FormActions, TextField, useForm } from "@/ui/form";
import { Logo } from "@/ui/logo";
import { Note } from "@/ui/note";
import "./signin.css";

export function SignIn() {
  const form = useForm({ token: "" });
  const failure = signInFailure.value;
  useEffect(() => {
    document.title = "Sign in · Parley";
  }, []);
  return (
    <main class="signin">
      <div class="signin-card">
        <Logo size={40} />
        <h1>Sign in to Parley</h1>
        {failure && (
          <div role="alert">
            <Note tone={failure.code === "ended" ? "info" : "bad"}>{textOf(failure)}</Note>
          </div>
        )}
        <Form form={form} onSubmit={({ token }) => signIn(token)}>
          <TextField
            form={form}
            path="token"
            label="Admin token"
            type="password"
            autocomplete="current-password"
            mono
            autofocus
            hint={
              <>
                It stands in the file <code>admin.token</code> in the server's data folder. This browser does
                not keep it.
              </>
            }
          />
          <FormActions form={form} submit="Sign in" />
        </Form>
      </div>
    </main>
  );
}

function textOf(failure: NonNullable<typeof signInFailure.value>): string {
  if (failure.status === 404) return "This server knows no sign-in: it is older than this page.";
  if (failure.status === 429) return "Too many attempts. Wait a little, then try again.";
  if (failure.status === 401 && failure.code !== "ended") return "The server does not know this token.";
  return failure.message;
}

// While the server is not there: at the start, or during a restart.
export function Unreachable() {
  return (
    <main class="signin">
      <div class="signin-card" role="status">
        <Logo size={40} />
        <h1>The server does not answer</h1>
        <p class="muted">This page tries again every two seconds and goes on by itself.</p>
      </div>
    </main>
  );
}
