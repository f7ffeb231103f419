import { Frame } from "./frame/frame";
import { SignIn, Unreachable } from "./pages/signin/signin";
import { session } from "./state/session";
import { Late } from "./ui/skeleton";

export function App() {
  switch (session.value) {
    case "asking":
      return null;
    case "unreachable":
      return (
        <Late>
          <Unreachable />
        </Late>
      );
    case "out":
      return <SignIn />;
    case "in":
      return <Frame />;
  }
}
