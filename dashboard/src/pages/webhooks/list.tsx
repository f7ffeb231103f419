import { PageHead } from "@/ui/layout";

export default function Webhooks() {
  return <PageHead title="Webhooks" />;
}
