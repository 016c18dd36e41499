// What every page of this Next version ships, and nothing else: scripts/size.ts measures against it.
export default function Page() {
  return <h1>Nothing</h1>;
}
