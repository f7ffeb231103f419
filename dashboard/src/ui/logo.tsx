import "./logo.css";

export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg class="logo" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect class="logo-ground" width="32" height="32" rx="8" />
      <path
        class="logo-sign"
        d="M8 11a3 3 0 0 1 3-3h10a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3h-5l-5 4v-4a3 3 0 0 1-3-3z"
      />
      <g class="logo-ground">
        <circle cx="12.5" cy="14" r="1.4" />
        <circle cx="16" cy="14" r="1.4" />
        <circle cx="19.5" cy="14" r="1.4" />
      </g>
    </svg>
  );
}
