import { encode } from "uqr";
import { qrPath } from "@/lib/qr_path";
import "./qr.css";

// A QR code of the text. Phones want dark on light, so it is black on white in both themes.
export function Qr({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: "L", border: 3 });
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <path class="qr-paper" d={`M0 0h${size}v${size}H0z`} />
      <path class="qr-ink" d={qrPath(data)} />
    </svg>
  );
}
