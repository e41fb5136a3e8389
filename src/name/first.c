/* first.c - a first form of the room: names of the lexicon only. To be deleted with the first whole version. */
#include "name/mention.h"
#include "lexicon/schema.h"
struct isn_namer { int x; };
static isn_namer the;
isnad_status isn_namer_new(isn_namer **out, const isn_lexicon *l, isnad_error *e){(void)l;(void)e;*out=&the;return ISNAD_OK;}
void isn_namer_free(isn_namer *n){(void)n;}
bool isn_mentions_find(isn_mentions *out, const isn_namer *namer, const isn_text *text)
{
    (void)namer; *out=(isn_mentions){0};
    out->at=isn_arena_alloc(text->arena,(text->n_tokens+1)*4);
    for(size_t i=0;i<=text->n_tokens;i++) out->at[i]=ISN_NONE;
    for(uint32_t t=0;t<text->n_tokens;){
        uint32_t next=t+1;
        for(uint32_t m=text->match_from[t];m<text->match_from[t+1];m++){
            const isn_match*x=&text->matches[m]; bool done=false;
            for(int e=0;e<x->entries&&!done;e++){
                int ty=-1;
                switch(x->entry[e].table){case ISN_T_COUNTRIES: ty=x->entry[e].form==ISN_F_DEMONYM?-1:ISN_PLACE;break;case ISN_T_PLACES: ty=x->entry[e].form==ISN_F_SHORT?-1:ISN_PLACE;break;case ISN_T_PEOPLE:ty=ISN_PERSON;break;case ISN_T_ORGANIZATIONS:ty=ISN_ORGANIZATION;break;}
                if(ty<0)continue;
                isn_mention*q=ISN_PUSH(text->arena,out);
                *q=(isn_mention){.begin=x->begin,.end=x->end,.first=t,.last=t+x->n,.type=ty,.form=0,.feminine=2,.table=x->entry[e].table,.row=x->entry[e].row,.lex_form=x->entry[e].form,.organ_row=ISN_NO_ROW,.office=ISN_NO_ROW,.portfolio=ISN_NO_ROW,.beside=ISN_NONE,.rule="stub"};
                for(uint32_t k=t;k<t+x->n;k++)out->at[k]=out->n-1;
                next=t+x->n; done=true;
            }
            if(done)break;
        }
        t=next;
    }
    return true;
}
