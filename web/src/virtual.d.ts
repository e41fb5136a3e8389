declare module 'virtual:isnad/floors' {
  const rows: { layer: string; f1: number }[];
  export default rows;
}
declare module 'virtual:isnad/countries' {
  const rows: [code: string, arabic: string, english: string][];
  export default rows;
}
declare module 'virtual:isnad/agencies' {
  const rows: [id: string, arabic: string, english: string][];
  export default rows;
}
declare module 'virtual:isnad/types' {
  const rows: { type: string; mode: string; quad: 1 | 2 | 3 | 4; score: number | null }[];
  export default rows;
}
