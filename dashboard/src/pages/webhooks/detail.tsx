import { PageHead } from "@/ui/layout";

export default function Webhook() {
  return <PageHead title="Webhook" />;
}
