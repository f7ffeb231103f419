import { signOut } from "@/state/session";
import { type Theme, theme } from "@/state/theme";
import { Button } from "@/ui/button";
import { Segmented } from "@/ui/form";
import { Card } from "@/ui/layout";

const choices: { value: Theme; text: string }[] = [
  { value: "system", text: "As the system" },
  { value: "light", text: "Light" },
  { value: "dark", text: "Dark" },
];

export function Browser() {
  return (
    <div class="stack">
      <Card title="Colours" about="Kept in this browser.">
        <Segmented
          label="Colours of the page"
          choices={choices}
          value={theme.value}
          onChange={(value) => {
            theme.value = value;
          }}
        />
      </Card>
      <Card
        title="Session"
        about="It ends by itself after twelve hours, and everywhere when the admin token is renewed."
      >
        <Button icon="signout" onClick={() => void signOut()}>
          Sign out here
        </Button>
      </Card>
    </div>
  );
}
