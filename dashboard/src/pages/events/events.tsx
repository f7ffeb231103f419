import { PageHead } from "@/ui/layout";

export default function Events() {
  return <PageHead title="Events" />;
}
