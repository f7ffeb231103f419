interface SearchFieldProps {
  label: string; // read out
  placeholder: string; // what is looked in
  value: string;
  onChange: (value: string) => void;
}

// The field that narrows a list down. It stands in a <search>, perhaps with what else does.
export function SearchField({ label, placeholder, value, onChange }: SearchFieldProps) {
  return (
    <input
      type="search"
      class="input"
      placeholder={placeholder}
      aria-label={label}
      value={value}
      onInput={(event) => onChange(event.currentTarget.value)}
    />
  );
}
