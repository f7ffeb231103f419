// Light, dark, or as the system says; kept in this browser.
import { effect, signal } from "@preact/signals";

export type Theme = "system" | "light" | "dark";
export const themes: readonly Theme[] = ["system", "light", "dark"];

const place = "parley.theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const systemIsDark = signal(system.matches);

function stored(): Theme {
  const text = localStorage.getItem(place);
  return themes.find((theme) => theme === text) ?? "system";
}

export const theme = signal<Theme>(stored());
// What is shown; charts read their colours anew when it changes.
export const shownTheme = signal<"light" | "dark">("light");

export function startTheme(): void {
  system.addEventListener("change", (event) => {
    systemIsDark.value = event.matches;
  });
  effect(() => {
    const wish = theme.value;
    if (wish === "system") localStorage.removeItem(place);
    else localStorage.setItem(place, wish);
    shownTheme.value = wish === "system" ? (systemIsDark.value ? "dark" : "light") : wish;
    document.documentElement.dataset.theme = shownTheme.value;
  });
}
